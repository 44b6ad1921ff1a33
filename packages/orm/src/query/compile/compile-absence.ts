import type { ExpressionNode } from '../expressions/node.ts'
import { type Fragment, fragment, join, sql, wrap } from '../fragment.ts'
import type { ColumnPath } from '../lookup-path.ts'
import type { WhereCondition } from '../where.ts'
import { compileComparison } from './compile-comparison.ts'
import type { CompileContext } from './compile-context.ts'
import type { JoinStep } from './join-step.ts'
import { Joins } from './joins.ts'

/**
 * Under a negation, a condition over a relation of many rows asks whether there is a row: `exclude({ tags__name: 'x' })`
 * drops those that have such a tag among others. So it becomes EXISTS, from the last table of which there is one row.
 */
export function compileAbsence(around: CompileContext, condition: WhereCondition, column: ColumnPath): Fragment {
  const context = { ...around, lift: undefined }
  const whole = exists(context, condition, column)
  return around.lift ? around.lift.column(whole) : whole
}

function exists(context: CompileContext, condition: WhereCondition, column: ColumnPath): Fragment {
  const { reusable } = context
  const split = column.steps.findIndex((step) => step.many)
  const before = column.steps.slice(0, split)
  const first = column.steps[split]!
  const outer = context.joins.column({ steps: before, field: first.fromField, relation: undefined }, reusable)
  const keepsBase = condition.operator === 'isnull'
  const start = keepsBase ? first.from : first.to
  const joins = new Joins(start, context.operations, context.joins.taken)
  const rest = { ...column, steps: column.steps.slice(keepsBase ? split : split + 1) }
  const inner: CompileContext = { ...context, joins, reusable: new Set(), used: undefined }
  const sameRow = sharedRow(context, before, first)
  const reference = joins.column(rest, inner.reusable)
  if (!keepsBase) joins.demote(reference.joins)
  const link = joins.quote({ alias: joins.base, field: keepsBase ? first.fromField : first.toField })
  const comparison = compileComparison(inner, context, { ...condition, lhs: withPath(condition.lhs, rest) })
  const conditions = [comparison, fragment(`${link} = ${context.joins.quote(outer)}`)]
  if (sameRow !== undefined && !keepsBase) {
    const { pk } = first.to
    const own = joins.quote({ alias: joins.base, field: pk })
    conditions.push(fragment(`${own} = ${context.joins.quote({ alias: sameRow, field: pk })}`))
  }
  const found = sql`EXISTS(SELECT 1 FROM ${joins.from(inner)} WHERE ${join(conditions, ' AND ')})`
  // A row that leads nowhere has nothing there either.
  const mayLeadNowhere = keepsBase && (outer.field.null || outer.joins.some((alias) => context.joins.mayMiss(alias)))
  if (!mayLeadNowhere) return found
  return wrap('(', join([found, fragment(`${context.joins.quote(outer)} IS NULL`)], ' OR '), ')')
}

/** The same expression over a column that another path leads to. */
function withPath(node: ExpressionNode, path: ColumnPath): ExpressionNode {
  if (node.type === 'column') return { ...node, path }
  if (node.type !== 'call') return node
  return { ...node, args: [withPath(node.args[0]!, path), ...node.args.slice(1)] }
}

/** The row that the same filter has joined already: its other conditions are about that one row, and so is this. */
function sharedRow(
  { joins, reusable }: CompileContext,
  before: readonly JoinStep[],
  step: JoinStep,
): string | undefined {
  // Where the column is read without the last join before, there may be none, whose row would have been joined further.
  let alias: string | undefined = joins.base
  for (const each of before) alias = alias && joins.shared(alias, each)
  return alias && joins.shared(alias, step, reusable)
}
