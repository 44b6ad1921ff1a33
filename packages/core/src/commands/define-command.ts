import type { ActiveSettings } from '../settings/active-settings.ts'

/** A positional argument. They are taken in the order they are declared. */
export interface ArgumentDeclaration {
  readonly help?: string
  /** `true` when left out. */
  readonly required?: boolean
  /** Takes all the rest, as an array; only the last one may. */
  readonly variadic?: boolean
  readonly default?: string
}

/** An option: `--name value`, or `--name` alone when it is boolean. */
export interface OptionDeclaration {
  readonly type: 'boolean' | 'string' | 'number'
  /** One letter, for `-f`. */
  readonly short?: string
  readonly help?: string
  readonly default?: boolean | string | number
  /** May be given several times; its value is an array. */
  readonly multiple?: boolean
  /** The values it takes; anything else is an error that lists them. */
  readonly choices?: readonly string[]
}

type ArgumentValue<A extends ArgumentDeclaration> = A extends { variadic: true }
  ? readonly string[]
  : A extends { required: false }
    ? A extends { default: string }
      ? string
      : string | undefined
    : string

type OptionBase<O extends OptionDeclaration> = O['type'] extends 'boolean'
  ? boolean
  : O['type'] extends 'number'
    ? number
    : O extends { choices: readonly (infer Choice extends string)[] }
      ? Choice
      : string

type OptionValue<O extends OptionDeclaration> = O extends { multiple: true }
  ? readonly OptionBase<O>[]
  : O['type'] extends 'boolean'
    ? boolean
    : O extends { default: string | number }
      ? OptionBase<O>
      : OptionBase<O> | undefined

/** Where a command writes: the terminal, or what a test hands in. */
export interface CommandOutput {
  write(text: string): unknown
  readonly isTTY?: boolean | undefined
}

/** What a command is run with; its arguments and options are typed from their declaration. */
export interface CommandContext<
  Arguments extends Readonly<Record<string, ArgumentDeclaration>>,
  Options extends Readonly<Record<string, OptionDeclaration>>,
> {
  readonly args: { readonly [Name in keyof Arguments]: ArgumentValue<Arguments[Name]> }
  readonly options: { readonly [Name in keyof Options]: OptionValue<Options[Name]> }
  readonly stdout: CommandOutput
  readonly stderr: CommandOutput
  readonly settings: ActiveSettings
}

export interface CommandDeclaration<
  Arguments extends Readonly<Record<string, ArgumentDeclaration>>,
  Options extends Readonly<Record<string, OptionDeclaration>>,
> {
  /** As it is typed: `loaddemo`. */
  readonly name: string
  /** One sentence, for `--help`. */
  readonly help: string
  readonly arguments?: Arguments
  readonly options?: Options
  /**
   * Does the work. What it returns is the exit code, nothing means 0; a `CommandError` is a failure that is reported
   * without a stack.
   */
  run(context: CommandContext<Arguments, Options>): number | void | Promise<number | void>
}

const commandMark: unique symbol = Symbol.for('nuages.command')

/** A command with its declaration erased: what the CLI lists, parses for and runs. */
export interface Command {
  readonly [commandMark]: true
  readonly name: string
  readonly help: string
  readonly arguments: Readonly<Record<string, ArgumentDeclaration>>
  readonly options: Readonly<Record<string, OptionDeclaration>>
  run(context: {
    readonly args: Readonly<Record<string, string | readonly string[] | undefined>>
    readonly options: Readonly<Record<string, unknown>>
    readonly stdout: CommandOutput
    readonly stderr: CommandOutput
    readonly settings: ActiveSettings
  }): number | void | Promise<number | void>
}

export function isCommand(value: unknown): value is Command {
  return typeof value === 'object' && value !== null && commandMark in value
}

/** Declares a command. An app names the module that exports its commands: `commands: () => import('./commands.ts')`. */
export function defineCommand<
  const Arguments extends Readonly<Record<string, ArgumentDeclaration>> = {},
  const Options extends Readonly<Record<string, OptionDeclaration>> = {},
>(declaration: CommandDeclaration<Arguments, Options>): Command {
  const { name, help } = declaration
  return Object.freeze({
    [commandMark]: true as const,
    name,
    help,
    arguments: declaration.arguments ?? {},
    options: declaration.options ?? {},
    // The CLI parses by the declaration, so what it hands over has the types that were inferred from it.
    run: (context: Parameters<Command['run']>[0]) =>
      declaration.run(context as unknown as CommandContext<Arguments, Options>),
  })
}
