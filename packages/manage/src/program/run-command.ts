import { apps, type Command, type CommandOutput, gatherCommands, settings } from '@nuages/core'
import { didYouMean } from '@nuages/foundation'
import { builtInCommands } from '../commands/index.ts'
import { UsageError } from '../errors.ts'
import type { BuiltIn, ParsedInput } from './built-in.ts'
import { helpText } from './help-text.ts'
import { parseInput } from './parse-input.ts'
import type { Project } from './project.ts'

export interface Output {
  readonly stdout: CommandOutput
  readonly stderr: CommandOutput
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
  return run(project, command, input as ParsedInput, output)
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
  return run(project, command, { args: input.args ?? {}, options: { ...defaults.options, ...input.options } }, output)
}

async function run(project: Project, command: BuiltIn | Command, input: ParsedInput, output: Output): Promise<number> {
  const code = isBuiltIn(command)
    ? await command.run({ ...input, ...output, project })
    : await command.run({ ...input, ...output, settings })
  return code ?? 0
}

function isBuiltIn(command: BuiltIn | Command): command is BuiltIn {
  return builtInCommands.includes(command as BuiltIn)
}

async function findCommand(project: Project, name: string): Promise<BuiltIn | Command> {
  const known = builtInCommands.find((command) => command.name === name)
  if (known) return known
  const found = await commandsOfApps(project)
  const command = found.get(name)?.command
  if (command) return command
  const names = [...builtInCommands.map((builtIn) => builtIn.name), ...found.keys()]
  throw new UsageError(`There is no command '${name}'.${didYouMean(name, names)}`, {
    hint: '`manage help` lists the commands.',
  })
}

async function commandsOfApps(project: Project): Promise<Awaited<ReturnType<typeof gatherCommands>>> {
  await project.setup()
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
