import { relative } from 'node:path'
import { CommandError } from '@nuages/core'
import { type BuiltInContext, builtIn } from '../program/built-in.ts'
import { type Address, parseAddress, urlOf } from '../runserver/address.ts'
import { workerVariable } from '../runserver/messages.ts'
import { Supervisor } from '../runserver/supervisor.ts'
import { untilSignalled } from '../runserver/until-signalled.ts'
import { watchSources } from '../runserver/watch-sources.ts'
import { runWorker } from '../runserver/worker.ts'

export const runserver = builtIn({
  name: 'runserver',
  help: 'Serves the project for development, and loads it anew when a file changes.',
  arguments: {
    address: {
      required: false,
      help: 'port, or host:port; by default HOST and PORT of the environment, else 127.0.0.1:8000',
    },
  },
  options: { noReload: { type: 'boolean', help: 'do not watch files' } },
  async run({ args, options, ...context }) {
    if (process.env[workerVariable] && process.send) return runWorker(context)
    return supervise(parseAddress(args.address), !options.noReload, context)
  },
})

async function supervise(
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
