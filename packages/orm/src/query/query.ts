import type { Slot } from '../lookups/lookup.ts'
import type { FetchMode } from '../models/fetch-mode.ts'
import type { ModelMeta } from '../models/model-meta.ts'
import { refuseSwapped } from '../models/swaps.ts'
import type { FilteredRelationNode } from './build/filtered-relation.ts'
import type { KnownFilters } from './build/known-filters.ts'
import type { ExpressionNode, OrderTerm } from './expressions/node.ts'
import type { WhereGroup } from './where.ts'

export type { OrderTerm } from './expressions/node.ts'

/** A condition of one `filter` or `exclude`, or an annotation: in the order they were asked for, which joins depend on. */
export type QueryStep =
  | {
      readonly type: 'filter'
      readonly where: WhereGroup
      /** The next filter shares the joins of this one: the manager's own condition and the caller's first are one filter. */
      readonly sticky: boolean
    }
  | { readonly type: 'annotation'; readonly node: ExpressionNode }

/** A computed value beside the columns. */
export interface Annotation {
  readonly node: ExpressionNode
  /** Rows show it; one of `alias` is there to be referred to. */
  readonly shown: boolean
  /** What refers to it computes it anew: `aggregate` gives one SELECT alone. */
  readonly inline?: boolean
}

/** Relations to load in the same query, and theirs. */
export interface RelatedTree {
  readonly [relation: string]: RelatedTree
}

/** What `values` asks for: an expression, under its name. */
export interface SelectedValue {
  readonly name: string
  readonly node: ExpressionNode
}

/** A path of a query around, `level` queries out. */
export interface OuterName {
  readonly name: string
  readonly level: number
}

/** Which columns rows have: those that paths name, or all but those; over relations that are loaded as well. */
export interface Deferral {
  readonly only: boolean
  readonly paths: ReadonlySet<string>
}

/** Queries whose rows are put together. Values of the parts stand one after another, each part's from its `at` on. */
export interface Compound {
  readonly operator: 'UNION' | 'UNION ALL' | 'INTERSECT' | 'EXCEPT'
  readonly parts: readonly { readonly query: Query; readonly at: number }[]
}

/** Which rows a query locks. Django's `select_for_update`. */
export interface LockRequest {
  readonly locked: 'wait' | 'nowait' | 'skip'
  readonly noKey: boolean
  /** Paths of relations, `'self'` for the model's own table; all of the query when it is empty. */
  readonly of: readonly string[]
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
  readonly annotations: ReadonlyMap<string, Annotation>
  /** Relations under a name of their own, joined on a condition. */
  readonly filteredRelations: ReadonlyMap<string, FilteredRelationNode>
  /** `undefined` leaves the model's own ordering. */
  readonly ordering: readonly OrderTerm[] | undefined
  readonly reversed: boolean
  readonly low: number
  readonly high: number | undefined
  readonly distinct: boolean
  /** The first row of each set that is equal in these. */
  readonly distinctOn: readonly ExpressionNode[]
  /** Nothing can answer: `none()`. */
  readonly empty: boolean
  readonly related: RelatedTree
  readonly deferral: Deferral | undefined
  /** For whom the rows fetch what was not loaded. It is no part of the shape, since the SQL is the same. */
  readonly fetchMode: FetchMode | undefined
  /** The values to give in place of instances. */
  readonly selected: readonly SelectedValue[] | undefined
  /** What `values` before an aggregate groups by; `'key'` stands for the model's own rows. */
  readonly groupBy: readonly ExpressionNode[] | 'key' | undefined
  readonly compound: Compound | undefined
  readonly lock: LockRequest | undefined
  /** The paths of queries around this one that it uses: such a query runs inside another alone. */
  readonly outerNames: readonly OuterName[]
  /** A column to read beside each instance, which it does not show: the key that a prefetch sorts rows by. */
  readonly beside: ExpressionNode | undefined
  /** To read beside each instance: how many rows there are without the slice, counted up to this many. */
  readonly countUpTo: number | undefined
  /** What a filter of a query of this shape has come to before; of another shape it says nothing. */
  readonly known: KnownFilters | undefined
}

/** What a queryset gives to another that takes it as a value. */
export const asQuery: unique symbol = Symbol('nuages.query')

export interface QuerySource {
  [asQuery](): Query
}

export function isQuerySource(value: unknown): value is QuerySource {
  return typeof value === 'object' && value !== null && asQuery in value
}

const noAnnotations: Query['annotations'] = new Map()
const noRelations: Query['filteredRelations'] = new Map()

export function emptyQuery(meta: ModelMeta): Query {
  return {
    meta,
    shape: '',
    values: [],
    steps: [],
    annotations: noAnnotations,
    filteredRelations: noRelations,
    ordering: undefined,
    reversed: false,
    low: 0,
    high: undefined,
    distinct: false,
    distinctOn: [],
    empty: false,
    related: {},
    deferral: undefined,
    fetchMode: undefined,
    selected: undefined,
    groupBy: undefined,
    compound: undefined,
    lock: undefined,
    outerNames: [],
    beside: undefined,
    countUpTo: undefined,
    known: undefined,
  }
}

const roots = new WeakMap<ModelMeta, Query>()

/** All rows of a model. Throws `QueryError` for one that has been swapped. */
export function rootQuery(model: { readonly meta: ModelMeta }): Query {
  const { meta } = model
  let root = roots.get(meta)
  if (!root) {
    refuseSwapped(meta)
    root = emptyQuery(meta)
    roots.set(meta, root)
  }
  return root
}

export function isSliced(query: Query): boolean {
  return query.low > 0 || query.high !== undefined
}
