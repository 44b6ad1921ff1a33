import type { DatePeriod } from '../lookups/date-period.ts'
import type { Slot } from '../lookups/lookup.ts'
import type { ModelMeta } from '../models/model-meta.ts'
import type { Expression } from './expression.ts'
import type { ColumnPath } from './lookup-path.ts'
import type { WhereGroup } from './where.ts'

/** A condition of one `filter` or `exclude`, or an annotation: in the order they were asked for, which joins depend on. */
export type QueryStep =
  | {
      readonly type: 'filter'
      readonly where: WhereGroup
      /** The next filter shares the joins of this one: the manager's own condition and the caller's first are one filter. */
      readonly sticky: boolean
    }
  | { readonly type: 'annotation'; readonly name: string; readonly expression: Expression }

export interface OrderTerm {
  readonly descending: boolean
  /** `'selected'` is the one value that the query selects. */
  readonly by: ColumnPath | { readonly annotation: string } | 'random' | 'selected'
}

/** Relations to load in the same query, and theirs. */
export interface RelatedTree {
  readonly [relation: string]: RelatedTree
}

/** What `values` asks for: a path or an annotation, under its name. */
export interface SelectedValue {
  readonly name: string
  readonly source: ColumnPath | { readonly annotation: string }
  /** In place of the date itself: the first day of the year, month … that it is in. */
  readonly period?: DatePeriod
}

/**
 * A query as plain data: what a queryset builds and the compiler reads. Values stand apart from the tree, in `values`, and
 * `shape` is a text that is the same for queries that differ in values alone: they share one statement.
 */
export interface Query {
  readonly meta: ModelMeta
  readonly shape: string
  readonly values: readonly Slot[]
  readonly steps: readonly QueryStep[]
  /** `undefined` leaves the model's own ordering. */
  readonly ordering: readonly OrderTerm[] | undefined
  readonly reversed: boolean
  readonly low: number
  readonly high: number | undefined
  readonly distinct: boolean
  /** Nothing can answer: `none()`. */
  readonly empty: boolean
  readonly related: RelatedTree
  /** The values to give in place of instances. */
  readonly selected: readonly SelectedValue[] | undefined
  /** What `values` before an aggregate groups by; `'key'` stands for the model's own rows. */
  readonly groupBy: readonly SelectedValue[] | 'key' | undefined
  /** A column to read beside each instance, which it does not show: the key that a prefetch sorts rows by. */
  readonly beside: ColumnPath | undefined
  /** To read beside each instance: how many rows there are without the slice, counted up to this many. */
  readonly countUpTo: number | undefined
}

/** What a queryset gives to another that takes it as a value. */
export const asQuery: unique symbol = Symbol('nuages.query')

export interface QuerySource {
  [asQuery](): Query
}

export function isQuerySource(value: unknown): value is QuerySource {
  return typeof value === 'object' && value !== null && asQuery in value
}

export function emptyQuery(meta: ModelMeta): Query {
  return {
    meta,
    shape: '',
    values: [],
    steps: [],
    ordering: undefined,
    reversed: false,
    low: 0,
    high: undefined,
    distinct: false,
    empty: false,
    related: {},
    selected: undefined,
    groupBy: undefined,
    beside: undefined,
    countUpTo: undefined,
  }
}

const roots = new WeakMap<ModelMeta, Query>()

/** All rows of a model. */
export function rootQuery(model: { readonly meta: ModelMeta }): Query {
  const { meta } = model
  let root = roots.get(meta)
  if (!root) {
    root = emptyQuery(meta)
    roots.set(meta, root)
  }
  return root
}

export function annotationsOf(query: Query): ReadonlyMap<string, Expression> {
  return new Map(query.steps.flatMap((step) => (step.type === 'annotation' ? [[step.name, step.expression]] : [])))
}

export function isSliced(query: Query): boolean {
  return query.low > 0 || query.high !== undefined
}
