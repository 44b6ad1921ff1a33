import type { ExpressionNode } from '../expressions/node.ts'
import { type Fragment, fragment } from '../fragment.ts'
import type { Query } from '../query.ts'
import type { CompileContext } from './compile-context.ts'
import { compileExpression } from './compile-expression.ts'
import { compileGroupColumns } from './compile-group-columns.ts'
import type { OrderSql } from './compile-ordering.ts'
import { groupColumnsOf } from './group-columns.ts'
import { isEqual } from './outside.ts'
import type { List } from './select-list.ts'

/**
 * What the rows are grouped by: what the query says, and all that stands beside aggregates in its list, its order and its
 * conditions on groups. Nothing where it does not group.
 */
export function compileGrouping(context: CompileContext, list: List, order: readonly OrderSql[]): Fragment[] {
  const { query, joins } = context
  if (query.groupBy === undefined) return []
  const byKey = query.groupBy === 'key'
  const group = byKey ? keysOf(context, joins.base, query.meta) : []
  for (const { alias, meta } of list.tables) group.push(...keysOf(context, alias, meta))
  const given = byKey ? [] : (query.groupBy as readonly ExpressionNode[])
  // Columns under which an aggregate was asked for stand for themselves, even where they are subqueries.
  for (const node of given) group.push(compileExpression(context, node))
  const isGiven = (node: ExpressionNode) => given.some((other) => isSame(node, other))
  const nodes = [
    ...list.nodes.filter((node) => !isGiven(node)).flatMap(groupColumnsOf),
    ...order.flatMap(({ node }) => (node ? groupColumnsOf(node) : [])),
  ]
  group.push(...compileGroupColumns(context, nodes), ...context.grouped)
  return group.filter((part, index) => group.findIndex((other) => isEqual(part, other)) === index)
}

function isSame(a: ExpressionNode, b: ExpressionNode): boolean {
  return (a.type === 'annotation' ? a.of : a) === (b.type === 'annotation' ? b.of : b)
}

/** A row's key, which its other columns follow from; a view has none that the database knows. */
function keysOf({ joins }: CompileContext, alias: string, meta: Query['meta']): Fragment[] {
  const fields = meta.options.managed === false ? meta.fields : meta.keyFields
  return fields.map((field) => fragment(joins.quote({ alias, field })))
}
