import { enableCompileCache } from 'node:module'
import type { Project, ProjectOptions } from './program/project.ts'
import type { Output } from './program/run-command.ts'

/**
 * The command line of a project, called by its `manage.ts`. Sets `process.exitCode`: 0, what the command returned, 1 when it
 * failed, 2 when the command line was not understood.
 * @param argv the words after `manage.ts`, by default those of the process
 */
export async function manage(options: ProjectOptions, argv: readonly string[] = process.argv.slice(2)): Promise<void> {
  // What is imported from here on is compiled, and stripped of its types, once and not at every start: it halves the time.
  enableCompileCache()
  const { main } = await import('./program/main.ts')
  process.exitCode = await main(options, argv)
}

/** Values for a command's arguments and options, by the names of its declaration. */
export interface CommandInput {
  readonly args?: Readonly<Record<string, string | readonly string[]>>
  readonly options?: Readonly<Record<string, unknown>>
}

/**
 * Runs a command from code. Django's `call_command`.
 * @param name as on the command line
 * @param input what is left out has its default
 * @returns the exit code
 */
export async function callCommand(
  options: ProjectOptions,
  name: string,
  input: CommandInput = {},
  output: Output = { stdout: process.stdout, stderr: process.stderr },
): Promise<number> {
  const [{ Project }, { runWith }] = await Promise.all([
    import('./program/project.ts'),
    import('./program/run-command.ts'),
  ])
  const project: Project = new Project(options)
  return runWith(project, name, input, output)
}
