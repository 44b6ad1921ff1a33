import type { TemplateName } from './engine.ts'
import type { BlockTable } from './runtime/block-table.ts'
import type { RenderPass } from './runtime/render-pass.ts'

/** The variables a template reads: its context, with the engine's globals as the prototype. */
export type Scope = Record<string, unknown>

export type BlockFunction = (rt: RenderPass, blocks: BlockTable, scope: Scope) => string

export type RootFunction = (rt: RenderPass, blocks: BlockTable, scope: Scope, exported?: Scope) => string

/** A compiled template. */
export interface Template {
  /** What it was asked for by; of one that a `URL` named, the path of its file. */
  readonly name: string
  /** `undefined` for a template made from a string. */
  readonly file: string | undefined
  readonly source: string
  readonly root: RootFunction
  readonly blocks: Readonly<Record<string, BlockFunction>>
}

/** What a render needs of its engine. */
export interface TemplateHost {
  readonly debug: boolean
  /** Names every template knows. It has no prototype. */
  readonly globals: Scope
  readonly tags: ReadonlyMap<string, (context: Scope, args: readonly unknown[], named: Scope) => unknown>
  readonly blockTags: ReadonlyMap<string, (context: Scope, args: readonly unknown[], named: Scope) => unknown>
  /** What Nunjucks' own filters find as `this.env`. */
  readonly environment: object
  /**
   * The template called `name`, seen from `from` where the name is relative, leaving out the files in `skip`. Throws
   * `TemplateDoesNotExist`.
   */
  find(name: TemplateName, from?: Template, skip?: readonly Template[]): Template
  /** The first of `names` that exists, seen from `from`. */
  select(names: readonly TemplateName[], from?: Template): Template
}
