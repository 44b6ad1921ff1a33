import type { HttpRequest } from '@nuages/http'
import type { QuerySet } from '@nuages/orm'
import type { FormOptions } from './form-options.ts'
import type { ForeignKeyName, OrderingPath } from './paths.ts'
import type { InlinePermissionHooks } from './permission-hooks.ts'

/** Rows of another model on the change page. Its hooks are asked with the row of the page. */
export interface InlineOptions<M> extends FormOptions<M, object>, InlinePermissionHooks {
  /** The foreign key that leads to the row of the page; needed where there are several. */
  readonly fkName?: ForeignKeyName<M>
  /** How many empty rows there are without script: 3 unless given. */
  readonly extra?: number
  readonly minNum?: number
  readonly maxNum?: number
  readonly canDelete?: boolean
  readonly showChangeLink?: boolean
  readonly ordering?: readonly OrderingPath<M>[]
  readonly verboseName?: string
  readonly verboseNamePlural?: string
  /** `'collapse'` folds it. */
  readonly classes?: readonly string[]
  readonly getQueryset?: (rows: QuerySet<M>, request: HttpRequest) => QuerySet<M>
  readonly getExtra?: (request: HttpRequest, parent: object | null) => number
  readonly getMinNum?: (request: HttpRequest, parent: object | null) => number
  readonly getMaxNum?: (request: HttpRequest, parent: object | null) => number
}

/** An inline, as `inlines` takes it: what `tabular` and `stacked` return. */
export interface Inline {
  readonly kind: 'tabular' | 'stacked'
  readonly model: object
  readonly options: InlineOptions<never>
}

/** Rows of `model` as a table, a line each. Django's `TabularInline`. */
export function tabular<M extends object>(model: M, options: InlineOptions<M> = {}): Inline {
  return { kind: 'tabular', model, options: options as unknown as InlineOptions<never> }
}

/** Rows of `model` below each other, with a form each. Django's `StackedInline`. */
export function stacked<M extends object>(model: M, options: InlineOptions<M> = {}): Inline {
  return { kind: 'stacked', model, options: options as unknown as InlineOptions<never> }
}
