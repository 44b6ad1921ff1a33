import type { Operator } from '../lookups/lookup.ts'
import type { LookupPath } from './lookup-path.ts'
import type { Query } from './query.ts'

/** What a query asks of its rows: plain data, with the values apart, so that queries of one shape are the same tree. */
export type WhereNode = WhereGroup | WhereCondition

export interface WhereGroup {
  readonly type: 'group'
  readonly connector: 'AND' | 'OR'
  readonly negated: boolean
  readonly children: readonly WhereNode[]
}

export interface WhereCondition {
  readonly type: 'condition'
  readonly path: LookupPath
  /** The annotation that is compared, in place of the path's column. */
  readonly annotation: string | undefined
  readonly operator: Operator
  readonly folded: boolean
  /** Where the query's values for it start, and how many there are. */
  readonly at: number
  readonly count: number
  /** What the column must be in, where the value is a queryset; its own values start at `at`. */
  readonly subquery: Query | undefined
}
