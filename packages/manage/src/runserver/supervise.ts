import { relative } from 'node:path'
import type { BuiltInContext } from '../program/built-in.ts'
import { type Address, urlOf } from './address.ts'
import { Supervisor } from './supervisor.ts'
import { untilSignalled } from './until-signalled.ts'
import { watchSources } from './watch-sources.ts'

/**
 * Runs `runserver` in the process that the terminal talks to, until it is told to stop. It loads none of the project, nor what the
 * project is made with: that is the worker's, which starts the sooner.
 * @throws CommandError where the address cannot be had
 */
export async function supervise(
  address: Address,
  reload: boolean,
  { project, stdout, stderr }: BuiltInContext,
): Promise<void> {
  const signalled = untilSignalled()
  let shownAdminPath: string | undefined
  const supervisor = new Supervisor({
    ...address,
    modulePath: process.argv[1]!,
    args: process.argv.slice(2),
    stdout,
    stderr,
    onReady: ({ adminPath }) => {
      if (adminPath === shownAdminPath) return
      shownAdminPath = adminPath
      if (adminPath !== undefined) stdout.write(`Admin: ${new URL(adminPath, url()).href}\n`)
    },
  })
  const url = (): string => urlOf({ host: address.host, port: supervisor.port })
  try {
    await supervisor.start()
  } catch (error) {
    const { CommandError } = await import('@nuages/core')
    throw new CommandError(listenProblem(error as NodeJS.ErrnoException, address))
  }
  stdout.write(`Serving at ${url()} (development). Stop with Control-C.\n`)
  const stopWatching = reload
    ? await watchSources(project.baseDir, (files) => {
        stdout.write(`Changed: ${files.map((file) => relative(project.baseDir, file)).join(', ')}. Loading again.\n`)
        supervisor.restart()
      })
    : undefined
  await signalled
  await stopWatching?.()
  await supervisor.stop()
}

function listenProblem(error: NodeJS.ErrnoException, { host, port }: Address): string {
  if (error.code === 'EADDRINUSE')
    return `Port ${port} of ${host} is in use. Stop what uses it, or choose another: runserver ${port + 1}.`
  if (error.code === 'EACCES')
    return `Port ${port} may not be used without rights of the system. Choose one from 1024 up.`
  return `Cannot listen on ${host}, port ${port}: ${error.message}`
}
