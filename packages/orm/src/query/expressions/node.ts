import type { Field } from '../../fields/field.ts'
import type { ColumnPath } from '../lookup-path.ts'
import type { Query } from '../query.ts'
import type { WhereGroup } from '../where.ts'
import type { SqlFunction } from './sql-function.ts'

/**
 * An expression that a query has resolved: plain data, which the compiler reads. `output` says how its value is read, which
 * lookups it takes and what type a dialect must give it. Values are not in it but in the query's `values`, at `at`.
 */
export type ExpressionNode =
  | ColumnNode
  | AnnotationNode
  | ValueNode
  | CallNode
  | AggregateNode
  | WindowNode
  | CaseNode
  | ConditionNode
  | SubqueryNode
  | ExistsNode
  | OuterNode
  | RawNode
  | MovedNode

export interface ColumnNode {
  readonly type: 'column'
  readonly path: ColumnPath
  readonly output: Field
}

/** What an earlier annotation computes: its SQL is written once and repeated. */
export interface AnnotationNode {
  readonly type: 'annotation'
  readonly name: string
  readonly of: ExpressionNode
  readonly output: Field
}

export interface ValueNode {
  readonly type: 'value'
  readonly at: number
  readonly output: Field
}

/** A function, an operator, a cast, a part of a date: all that has SQL around its arguments. */
export interface CallNode {
  readonly type: 'call'
  readonly fn: SqlFunction
  readonly args: readonly ExpressionNode[]
  readonly output: Field
}

export interface AggregateNode {
  readonly type: 'aggregate'
  readonly fn: SqlFunction
  readonly args: readonly ExpressionNode[]
  readonly distinct: boolean
  readonly filter: WhereGroup | undefined
  readonly orderBy: readonly OrderTerm[]
  readonly output: Field
}

export interface WindowNode {
  readonly type: 'window'
  readonly of: CallNode | AggregateNode
  readonly partitionBy: readonly ExpressionNode[]
  readonly orderBy: readonly OrderTerm[]
  /** `'ROWS BETWEEN 1 PRECEDING AND CURRENT ROW'`, put together from numbers and fixed words. */
  readonly frame: string | undefined
  readonly output: Field
}

export interface CaseNode {
  readonly type: 'case'
  readonly branches: readonly { readonly when: WhereGroup; readonly then: ExpressionNode }[]
  readonly otherwise: ExpressionNode | undefined
  readonly output: Field
}

/** A condition as a value: true or false, or NULL where SQL does not know. */
export interface ConditionNode {
  readonly type: 'condition'
  readonly where: WhereGroup
  readonly output: Field
}

/** The one value that a query of one row selects; the query's own values stand from `at` on. */
export interface SubqueryNode {
  readonly type: 'subquery'
  readonly query: Query
  readonly at: number
  readonly output: Field
}

export interface ExistsNode {
  readonly type: 'exists'
  readonly query: Query
  readonly at: number
  readonly output: Field
}

/** A path of the query around this one, `level` queries out. It is read when that query is known. */
export interface OuterNode {
  readonly type: 'outer'
  readonly name: string
  readonly level: number
  readonly output: Field
}

/** SQL as its author wrote it, with nodes between the pieces. */
export interface RawNode {
  readonly type: 'raw'
  readonly pieces: readonly string[]
  readonly args: readonly ExpressionNode[]
  readonly output: Field
}

/** A node of another query, whose values stand further back in this one's. */
export interface MovedNode {
  readonly type: 'moved'
  readonly by: number
  readonly node: ExpressionNode
  readonly output: Field
}

export interface OrderTerm {
  readonly descending: boolean
  readonly nulls?: 'first' | 'last' | undefined
  /** `'selected'` is the one value that the query selects. */
  readonly by: ExpressionNode | 'random' | 'selected'
}
