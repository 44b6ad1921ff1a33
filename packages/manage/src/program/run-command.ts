import type { CommandOutput, gatherCommands } from '@nuages/core'
import { didYouMean } from '@nuages/foundation'
import { builtInCommands } from '../commands/index.ts'
import { UsageError } from '../errors.ts'
import type { ParsedInput } from './built-in.ts'
import { helpText } from './help-text.ts'
import { type Declared, parseInput } from './parse-input.ts'
import type { Project } from './project.ts'

export interface Output {
  readonly stdout: CommandOutput
  readonly stderr: CommandOutput
}

/** A command of `manage` or of an app, with what either is run with. */
interface Runnable extends Declared {
  execute(input: ParsedInput, output: Output): number | void | Promise<number | void>
}

/**
 * Runs one command line, the command's name first.
 * @returns the exit code
 * @throws UsageError for what is not understood, and whatever the command throws
 */
export async function runCommand(project: Project, words: readonly string[], output: Output): Promise<number> {
  const [name = 'help', ...rest] = words
  if (name === 'help' || name === '--help' || name === '-h') {
    if (rest[0] !== undefined) return runCommand(project, [rest[0], '--help'], output)
    output.stdout.write(await fullHelp(project))
    return 0
  }
  const command = await findCommand(project, name)
  const input = parseInput(command, rest)
  if ('help' in input) {
    output.stdout.write(input.help as string)
    return 0
  }
  return (await command.execute(input as ParsedInput, output)) ?? 0
}

/** Runs a command by name with values rather than words: what tests and other commands use. Django's `call_command`. */
export async function runWith(
  project: Project,
  name: string,
  input: Partial<ParsedInput>,
  output: Output,
): Promise<number> {
  const command = await findCommand(project, name)
  const defaults = parseInput({ ...command, arguments: {} }, []) as ParsedInput
  const options = { ...defaults.options, ...input.options }
  return (await command.execute({ args: input.args ?? {}, options }, output)) ?? 0
}

async function findCommand(project: Project, name: string): Promise<Runnable> {
  const listed = builtInCommands.find((command) => command.name === name)
  if (listed) {
    const command = await listed.load()
    const { help } = listed
    return { ...command, name, help, execute: (input, output) => command.run({ ...input, ...output, project }) }
  }
  const found = await commandsOfApps(project)
  const command = found.get(name)?.command
  if (command) {
    const { settings } = await import('@nuages/core')
    return { ...command, execute: (input, output) => command.run({ ...input, ...output, settings }) }
  }
  const names = [...builtInCommands.map((builtIn) => builtIn.name), ...found.keys()]
  throw new UsageError(`There is no command '${name}'.${didYouMean(name, names)}`, {
    hint: '`manage help` lists the commands.',
  })
}

async function commandsOfApps(project: Project): Promise<Awaited<ReturnType<typeof gatherCommands>>> {
  await project.setup()
  const { apps, gatherCommands } = await import('@nuages/core')
  return gatherCommands(apps.all())
}

async function fullHelp(project: Project): Promise<string> {
  const groups = new Map<string, readonly { name: string; help: string }[]>([['nuages', builtInCommands]])
  try {
    for (const { app, command } of (await commandsOfApps(project)).values()) {
      groups.set(app.name, [...(groups.get(app.name) ?? []), command])
    }
    return helpText(groups, undefined)
  } catch (error) {
    return helpText(
      groups,
      `The commands of the apps are not listed, since the project does not load:\n  ${(error as Error).message}`,
    )
  }
}
