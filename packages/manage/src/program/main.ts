import { NuagesError } from '@nuages/foundation'
import { UsageError } from '../errors.ts'
import { Project, type ProjectOptions } from './project.ts'
import { type Output, runCommand } from './run-command.ts'

/** What `manage` does once it is loaded. */
export async function main(options: ProjectOptions, argv: readonly string[]): Promise<number> {
  const output: Output = { stdout: process.stdout, stderr: process.stderr }
  try {
    return await runCommand(new Project(options), argv, output)
  } catch (error) {
    return await reportFailure(error, output)
  }
}

async function reportFailure(error: unknown, output: Output): Promise<number> {
  const { CommandError } = await import('@nuages/core')
  const expected = error instanceof NuagesError || error instanceof CommandError
  const text = expected
    ? `${error.name}: ${error.message}`
    : error instanceof Error
      ? (error.stack ?? error.message)
      : String(error)
  const hint = error instanceof NuagesError && error.hint ? `\n${error.hint}` : ''
  output.stderr.write(`${text}${hint}\n`)
  return error instanceof UsageError ? 2 : error instanceof CommandError ? error.exitCode : 1
}
