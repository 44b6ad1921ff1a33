import type { Operations } from '../backends/operations.ts'
import type { Field } from '../fields/field.ts'
import type { TransformName } from '../lookups/transform.ts'
import { type Bind, type Fragment, fragment, join, wrap } from './fragment.ts'
import { Joins } from './joins.ts'
import type { LookupPath } from './lookup-path.ts'
import type { Query } from './query.ts'
import type { WhereCondition, WhereGroup, WhereNode } from './where.ts'

/** What the compilation of conditions needs of the query they stand in. */
export interface WhereContext {
  readonly operations: Operations
  readonly joins: Joins
  /** Added to the places of values: a subquery's stand after others in the values of the query around it. */
  readonly offset: number
  /** The SQL of an annotation. */
  annotation(name: string): Fragment
  /** A queryset as the right side of IN. */
  subquery(query: Query, offset: number): Fragment
}

/** Where a condition stands, as far as it changes what the condition means. */
interface Position {
  /** Under an odd number of negations. */
  readonly negated: boolean
  /** Under any negation. */
  readonly branchNegated: boolean
  /** The joins of many rows that this filter has made. */
  readonly reusable: Set<string>
}

interface Compiled {
  readonly sql: Fragment | undefined
  /** The joins without whose other side the condition cannot hold. */
  readonly needed: ReadonlySet<string>
}

const nothing: ReadonlySet<string> = new Set()

/** Compiles one `filter` or `exclude`. Joins that only it could make inner go back to what they were. */
export function compileFilter(context: WhereContext, where: WhereGroup, reusable: Set<string>): Fragment | undefined {
  const inner = context.joins.inner()
  const { sql } = compileGroup(context, where, { negated: false, branchNegated: false, reusable })
  context.joins.demote(inner)
  return sql
}

function compileNode(context: WhereContext, node: WhereNode, position: Position): Compiled {
  return node.type === 'group' ? compileGroup(context, node, position) : compileCondition(context, node, position)
}

function compileGroup(context: WhereContext, group: WhereGroup, around: Position): Compiled {
  const negated = around.negated !== group.negated
  const position = { ...around, negated, branchNegated: around.branchNegated || group.negated }
  const votes = new Map<string, number>()
  const parts: Fragment[] = []
  for (const child of group.children) {
    const { sql, needed } = compileNode(context, child, position)
    for (const alias of needed) votes.set(alias, (votes.get(alias) ?? 0) + 1)
    if (sql) parts.push(sql)
  }
  const needed = settleJoins(context.joins, votes, group, negated)
  if (parts.length === 0) return { sql: undefined, needed }
  const joined = parts.length === 1 ? parts[0]! : wrap('(', join(parts, ` ${group.connector} `), ')')
  return { sql: group.negated ? wrap('NOT (', joined, ')') : joined, needed }
}

/** Django's JoinPromoter: under OR a join that not every side needs must be an outer one. Negation swaps the two. */
function settleJoins(
  joins: Joins,
  votes: ReadonlyMap<string, number>,
  group: WhereGroup,
  negated: boolean,
): ReadonlySet<string> {
  const isOr = (group.connector === 'OR') !== negated
  const promoted: string[] = []
  const demoted: string[] = []
  for (const [alias, count] of votes) {
    const byAll = count === group.children.length
    if (isOr && !byAll) promoted.push(alias)
    if (!isOr || byAll) demoted.push(alias)
  }
  joins.promote(promoted)
  joins.demote(demoted)
  return new Set(demoted)
}

function compileCondition(context: WhereContext, condition: WhereCondition, position: Position): Compiled {
  if (condition.annotation !== undefined) {
    const lhs = context.annotation(condition.annotation)
    return { sql: negatable(context, condition, lhs, position, true).sql, needed: nothing }
  }
  const { steps } = condition.path
  if (position.branchNegated && steps.some((step) => step.many)) {
    return { sql: exists(context, condition, position), needed: nothing }
  }
  const reference = context.joins.column(condition.path, position.reusable)
  // What a join is now may change while the rest is compiled, so what it could become decides.
  const outer = reference.joins.some((alias) => context.joins.mayMiss(alias))
  const lhs = fragment(context.joins.quote(reference))
  const { sql, outerNeeded } = negatable(context, condition, lhs, position, reference.field.null || outer)
  return { sql, needed: outerNeeded ? nothing : new Set(reference.joins) }
}

/** A comparison that, under a negation, is false rather than unknown where the column is NULL. */
function negatable(
  context: WhereContext,
  condition: WhereCondition,
  lhs: Fragment,
  position: Position,
  nullable: boolean,
): { sql: Fragment; outerNeeded: boolean } {
  const sql = comparison(context, condition, lhs)
  const isNullTest = condition.operator === 'isnull' || condition.operator === 'notnull'
  if (!position.negated) return { sql, outerNeeded: condition.operator === 'isnull' }
  if (condition.operator === 'isnull') return { sql, outerNeeded: false }
  if (isNullTest || !nullable || condition.operator === 'never') return { sql, outerNeeded: true }
  return { sql: wrap('(', join([sql, wrap('', lhs, ' IS NOT NULL')], ' AND '), ')'), outerNeeded: true }
}

function comparison(context: WhereContext, condition: WhereCondition, column: Fragment): Fragment {
  const { lhs, field } = transformed(context.operations, condition.path, column)
  if (condition.subquery) {
    const rhs = context.subquery(condition.subquery, condition.at + context.offset)
    return join([lhs, wrap('(', rhs, ')')], ' IN ')
  }
  const { operator, count, folded } = condition
  const at = condition.at + context.offset
  const { sql, map, list } = context.operations.comparison({ operator, lhs: lhs.sql, kind: field.kind, count, folded })
  const values: Bind[] = list ? [{ at, count, list }] : Array.from({ length: count }, (_, n) => ({ at: at + n, map }))
  // What nothing answers is said without the column, and so without its values.
  return fragment(sql, operator === 'never' ? [] : [...lhs.binds, ...values])
}

function transformed(operations: Operations, path: LookupPath, column: Fragment): { lhs: Fragment; field: Field } {
  let lhs = column
  let { field } = path
  for (const { name, output } of path.transforms) {
    const { sql, zoned } = operations.extract(name as TransformName, lhs.sql, field.kind)
    lhs = fragment(sql, zoned ? [...lhs.binds, { value: operations.timeZone }] : lhs.binds)
    field = output
  }
  return { lhs, field }
}

/**
 * Under a negation, a condition over a relation of many rows asks whether there is a row: `exclude({ tags__name: 'x' })`
 * drops those that have such a tag among others. So it becomes EXISTS, from the last table of which there is one row.
 */
function exists(context: WhereContext, condition: WhereCondition, position: Position): Fragment {
  const { path } = condition
  const split = path.steps.findIndex((step) => step.many)
  const before = path.steps.slice(0, split)
  const first = path.steps[split]!
  const outer = context.joins.column({ steps: before, field: first.fromField, relation: undefined }, position.reusable)
  const keepsBase = condition.operator === 'isnull'
  const start = keepsBase ? first.from : first.to
  const joins = new Joins(start, context.operations, context.joins.taken)
  const rest = { ...path, steps: path.steps.slice(keepsBase ? split : split + 1) }
  const inner = { ...context, joins }
  const sameRow = sharedRow(context, before, position, first)
  const reference = joins.column(rest, new Set())
  if (!keepsBase) joins.demote(reference.joins)
  const link = joins.quote({ alias: joins.base, field: keepsBase ? first.fromField : first.toField })
  const conditions = [
    comparison(inner, condition, fragment(joins.quote(reference))),
    fragment(`${link} = ${context.joins.quote(outer)}`),
  ]
  if (sameRow !== undefined && !keepsBase) {
    const { pk } = first.to
    conditions.push(
      fragment(
        `${joins.quote({ alias: joins.base, field: pk })} = ${context.joins.quote({ alias: sameRow, field: pk })}`,
      ),
    )
  }
  const sql = wrap(`EXISTS(SELECT 1 FROM ${joins.from()} WHERE `, join(conditions, ' AND '), ')')
  // A row that leads nowhere has nothing there either.
  const mayLeadNowhere = keepsBase && (outer.field.null || outer.joins.some((alias) => context.joins.mayMiss(alias)))
  if (!mayLeadNowhere) return sql
  return wrap('(', join([sql, fragment(`${context.joins.quote(outer)} IS NULL`)], ' OR '), ')')
}

/** The row that the same filter has joined already: its other conditions are about that one row, and so is this. */
function sharedRow(
  { joins }: WhereContext,
  before: LookupPath['steps'],
  position: Position,
  step: LookupPath['steps'][0],
): string | undefined {
  // Where the column is read without the last join before, there may be none, whose row would have been joined further.
  let alias: string | undefined = joins.base
  for (const each of before) alias = alias && joins.shared(alias, each)
  return alias && joins.shared(alias, step, position.reusable)
}
