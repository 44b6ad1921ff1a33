import type { ArgumentDeclaration, CommandContext, CommandOutput, OptionDeclaration } from '@nuages/core'
import type { Project } from './project.ts'

type Arguments = Readonly<Record<string, ArgumentDeclaration>>
type Options = Readonly<Record<string, OptionDeclaration>>

/** What a built-in command is run with: the project, which it sets up as far as it needs. */
export interface BuiltInContext {
  readonly stdout: CommandOutput
  readonly stderr: CommandOutput
  readonly project: Project
}

/** A command of `manage` itself, its declaration erased. Its name and what it is for are in the list of them. */
export interface BuiltIn {
  readonly arguments: Arguments
  readonly options: Options
  run(context: BuiltInContext & ParsedInput): number | void | Promise<number | void>
}

/** A command of `manage` itself as `help` knows it: what it takes and does is loaded when it is asked for. */
export interface ListedCommand {
  readonly name: string
  readonly help: string
  load(): Promise<BuiltIn>
}

/** What was given on the command line, by the names of the declaration. */
export interface ParsedInput {
  readonly args: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly options: Readonly<Record<string, unknown>>
}

/** Declares a built-in command; as `defineCommand`, but handed the project rather than its settings. */
export function builtIn<const A extends Arguments = {}, const O extends Options = {}>(declaration: {
  readonly arguments?: A
  readonly options?: O
  run(context: BuiltInContext & Pick<CommandContext<A, O>, 'args' | 'options'>): number | void | Promise<number | void>
}): BuiltIn {
  return {
    arguments: declaration.arguments ?? {},
    options: declaration.options ?? {},
    run: (context) => declaration.run(context as unknown as Parameters<typeof declaration.run>[0]),
  }
}
