import type { ArgumentDeclaration, OptionDeclaration } from '@nuages/core'
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { UsageError } from '../errors.ts'
import type { ParsedInput } from './built-in.ts'

/** What a command says of itself. */
export interface Declared {
  readonly name: string
  readonly help: string
  readonly arguments: Readonly<Record<string, ArgumentDeclaration>>
  readonly options: Readonly<Record<string, OptionDeclaration>>
}

/**
 * Reads the words after a command's name by its declaration.
 * @returns what was given, or the help text when `--help` was
 * @throws UsageError for a word the declaration does not know, or a value it does not take
 */
export function parseInput(command: Declared, words: readonly string[]): ParsedInput | { readonly help: string } {
  const program = toCommander(command)
  let help = ''
  program.exitOverride().configureOutput({
    writeOut: (text) => {
      help += text
    },
    writeErr: () => undefined,
  })
  try {
    program.parse([...words], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.code === 'commander.helpDisplayed') return { help }
    throw new UsageError(`${command.name}: ${error.message.replace(/^error: /, '')}`, {
      hint: `\`manage ${command.name} --help\` shows what it takes.`,
    })
  }
  const names = Object.keys(command.arguments)
  return {
    args: Object.fromEntries(names.map((name, index) => [name, program.processedArgs[index]])),
    options: givenOptions(command, program),
  }
}

function toCommander(command: Declared): Command {
  const program = new Command(command.name)
    .usage(usageOf(command))
    .description(command.help)
    .allowExcessArguments(false)
  for (const [name, declaration] of Object.entries(command.arguments)) {
    const required = declaration.required !== false
    const shape = declaration.variadic ? `${name}...` : name
    const argument = new Argument(required ? `<${shape}>` : `[${shape}]`, declaration.help)
    if (declaration.default !== undefined) argument.default(declaration.default)
    program.addArgument(argument)
  }
  for (const [name, declaration] of Object.entries(command.options)) program.addOption(toOption(name, declaration))
  return program
}

function toOption(name: string, declaration: OptionDeclaration): Option {
  const long = `--${dashed(name)}`
  const value = declaration.type === 'boolean' ? '' : declaration.multiple ? ' <value...>' : ' <value>'
  const option = new Option(`${declaration.short ? `-${declaration.short}, ` : ''}${long}${value}`, declaration.help)
  if (declaration.choices) option.choices(declaration.choices)
  else if (declaration.type === 'number') option.argParser<unknown>(declaration.multiple ? collectNumbers : toNumber)
  if (declaration.default !== undefined) option.default(declaration.default)
  return option
}

function toNumber(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || Number.isNaN(value)) throw new InvalidArgumentError(`'${text}' is not a number.`)
  return value
}

function collectNumbers(text: string, previous: unknown): readonly number[] {
  return [...(Array.isArray(previous) ? previous : []), toNumber(text)]
}

/** Commander files a `--no-name` option under `name`; here an option is found under the name it was declared with. */
function givenOptions(command: Declared, program: Command): Record<string, unknown> {
  const given: Record<string, unknown> = {}
  for (const [name, declaration] of Object.entries(command.options)) {
    const dashedName = dashed(name)
    const option = program.options.find((candidate) => candidate.long === `--${dashedName}`)!
    const value = program.getOptionValue(option.attributeName())
    if (dashedName.startsWith('no-')) given[name] = value === false
    else given[name] = value ?? (declaration.type === 'boolean' ? false : declaration.multiple ? [] : undefined)
  }
  return given
}

function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

function usageOf(command: Declared): string {
  const names = Object.entries(command.arguments).map(([name, { required, variadic }]) => {
    const shape = variadic ? `${name}...` : name
    return required === false ? `[${shape}]` : `<${shape}>`
  })
  return ['[options]', ...names].join(' ')
}
