import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { CommandError } from '@nuages/core'
import { closeDatabases, database } from '@nuages/orm'
import { builtIn } from '../program/built-in.ts'

export const dbshell = builtIn({
  arguments: { args: { required: false, variadic: true, help: "what the shell is to be given, after '--'" } },
  options: { database: { type: 'string', help: 'the database, by its alias' } },
  async run({ args, options, project }) {
    await project.setup()
    const chosen = database(options.database)
    const client = chosen.clientProgram?.()
    if (client === undefined) {
      throw new CommandError(
        `The database '${chosen.alias}' is of ${chosen.vendor}, which has no shell that Nuages knows.`,
      )
    }
    // What the shell is told may need the file, or the last connection, for itself.
    await closeDatabases()
    return runInTerminal(client.program, [...client.args, ...args.args], client.env, client.install)
  },
})

/** Runs a program that has the terminal to itself, and answers with its exit code. */
function runInTerminal(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  install: string,
): Promise<number> {
  // Control-C reaches every process of the terminal: what it means there is the program's to say.
  const leaveToProgram = (): void => undefined
  process.on('SIGINT', leaveToProgram)
  const child = spawn(program, args, { stdio: 'inherit', env: { ...process.env, ...env } })
  const end = (): void => void child.kill('SIGTERM')
  process.on('SIGTERM', end)
  return new Promise<number>((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') reject(error)
      else reject(new CommandError(`There is no program ${program} on this machine's PATH. ${install}`))
    })
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal!]))
  }).finally(() => {
    process.off('SIGINT', leaveToProgram)
    process.off('SIGTERM', end)
  })
}
