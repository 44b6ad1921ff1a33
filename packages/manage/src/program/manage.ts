import { CommandError } from '@nuages/core'
import { NuagesError } from '@nuages/foundation'
import { UsageError } from '../errors.ts'
import { Project, type ProjectOptions } from './project.ts'
import { type Output, runCommand, runWith } from './run-command.ts'

/**
 * The command line of a project, called by its `manage.ts`. Sets `process.exitCode`: 0, what the command returned, 1 when it
 * failed, 2 when the command line was not understood.
 * @param argv the words after `manage.ts`, by default those of the process
 */
export async function manage(options: ProjectOptions, argv: readonly string[] = process.argv.slice(2)): Promise<void> {
  const output: Output = { stdout: process.stdout, stderr: process.stderr }
  try {
    process.exitCode = await runCommand(new Project(options), argv, output)
  } catch (error) {
    process.exitCode = reportFailure(error, output)
  }
}

/**
 * Runs a command from code. Django's `call_command`.
 * @param name as on the command line
 * @param input its arguments and options, by the names of its declaration; what is left out has its default
 * @returns the exit code
 */
export async function callCommand(
  project: ProjectOptions,
  name: string,
  input: {
    readonly args?: Readonly<Record<string, string | readonly string[]>>
    readonly options?: Readonly<Record<string, unknown>>
  } = {},
  output: Output = { stdout: process.stdout, stderr: process.stderr },
): Promise<number> {
  return runWith(new Project(project), name, input, output)
}

function reportFailure(error: unknown, output: Output): number {
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
