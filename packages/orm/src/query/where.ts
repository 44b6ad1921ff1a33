import type { Operator } from '../lookups/lookup.ts'
import type { LookupSql } from '../lookups/lookup-sql.ts'
import type { ExpressionNode } from './expressions/node.ts'
import type { ColumnPath } from './lookup-path.ts'
import type { Query } from './query.ts'

/** What a query asks of its rows: plain data, with the values apart, so that queries of one shape are the same tree. */
export type WhereNode = WhereGroup | WhereCondition | WhereExpression | WhereMoved | WhereChain

export interface WhereGroup {
  readonly type: 'group'
  readonly connector: 'AND' | 'OR' | 'XOR'
  readonly negated: boolean
  readonly children: readonly WhereNode[]
}

export interface WhereCondition {
  readonly type: 'condition'
  readonly lhs: ExpressionNode
  /** The column that `lhs` is, or is made of by transforms; nothing where it is an annotation or another expression. */
  readonly column: ColumnPath | undefined
  readonly operator: Operator
  /** How a lookup that somebody registered writes it, in place of the dialect. */
  readonly own: LookupSql | undefined
  readonly folded: boolean
  /** Where the query's values for it start, and how many there are. */
  readonly at: number
  readonly count: number
  /** In place of values: what the left side is compared with. */
  readonly rhs: readonly ExpressionNode[] | undefined
  /** What the left side must be in; its own values start at `at`. */
  readonly subquery: Query | undefined
}

/** An expression that is true or false. */
export interface WhereExpression {
  readonly type: 'expression'
  readonly node: ExpressionNode
}

/** A tree of another query, whose values stand further back in this one's. */
export interface WhereMoved {
  readonly type: 'moved'
  readonly by: number
  readonly node: WhereGroup
}

/** The filters of a queryset that was joined with others by or. */
export interface WhereChain {
  readonly type: 'chain'
  readonly filters: readonly WhereNode[]
  /** Joins of what stands before may be taken, each once. */
  readonly spare: boolean
}
