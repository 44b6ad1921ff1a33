import type { Operations } from '../../backends/operations.ts'
import type { Vendor } from '../../fields/field.ts'
import type { ExpressionNode, OrderTerm } from '../expressions/node.ts'
import type { Fragment } from '../fragment.ts'
import type { Query } from '../query.ts'
import type { WhereGroup } from '../where.ts'
import type { Joins } from './joins.ts'

/** What compiles the parts of a SELECT. They call each other in circles, which their files must not import in. */
export interface Compilers {
  /** Conditions as a value. */
  condition(context: CompileContext, where: WhereGroup): Fragment
  terms(context: CompileContext, terms: readonly OrderTerm[]): Fragment[]
  /** A query inside another: as a value, as the right side of IN, or to ask whether it has a row. */
  subquery(context: CompileContext, query: Query, at: number, use: 'value' | 'in' | 'exists'): Fragment
}

/** Where a piece of SQL stands: in which SELECT, and what it may share with it. */
export interface CompileContext {
  readonly operations: Operations
  readonly vendor: Vendor
  readonly compilers: Compilers
  readonly query: Query
  readonly joins: Joins
  /** Added to the places of values: a subquery's stand after others in the values of the query around it. */
  readonly offset: number
  /** The SELECT around this one, for paths of `OuterRef`. */
  readonly outer: CompileContext | undefined
  /** The joins of many rows that may be shared; all of them where there is no set. */
  readonly reusable: Set<string> | undefined
  /** Receives the joins that columns take. */
  readonly used: Set<string> | undefined
  /** Receives what GROUP BY must name so that conditions on groups may be asked. */
  readonly grouped: Fragment[]
  /** The SQL of annotations, written once each. */
  readonly annotations: Map<ExpressionNode, Fragment>
  /** Where another SELECT stands around the rows. */
  readonly lift: Lift | undefined
  /** For conditions on windows, which stand in a SELECT around the rows. */
  readonly around: Lift | undefined
}

/** A SELECT around another: what it uses of the rows inside must be columns of them. */
export interface Lift {
  /** Whether aggregates are computed inside. */
  readonly aggregates: boolean
  /** Takes SQL of the inside and gives the name it has outside. */
  column(inside: Fragment, node?: ExpressionNode): Fragment
}
