import type { ExpressionNode } from './expressions/node.ts'
import { partsOf, traitsOf } from './node-traits.ts'
import type { WhereNode } from './where.ts'

/**
 * What GROUP BY must name so that a node may stand beside aggregates: the node itself, or where it holds an aggregate, the
 * parts of it that do not. A value is the same in every group.
 */
export function groupColumnsOf(node: ExpressionNode): ExpressionNode[] {
  if (node.type === 'value' || (node.type === 'call' && node.args.every(isValue))) return []
  if (node.type === 'aggregate') return []
  const { aggregate, window } = traitsOf(node)
  if (!aggregate && !window) return [node]
  const parts = partsOf(node).flatMap(groupColumnsOf)
  if (node.type === 'case') return [...parts, ...node.branches.flatMap(({ when }) => groupColumnsOfWhere(when))]
  return node.type === 'condition' ? groupColumnsOfWhere(node.where) : parts
}

function isValue(node: ExpressionNode): boolean {
  return node.type === 'value' || (node.type === 'call' && node.args.every(isValue))
}

/** What conditions on groups need GROUP BY to name. */
export function groupColumnsOfWhere(node: WhereNode): ExpressionNode[] {
  switch (node.type) {
    case 'group':
      return node.children.flatMap(groupColumnsOfWhere)
    case 'chain':
      return node.filters.flatMap(groupColumnsOfWhere)
    case 'moved':
      return groupColumnsOfWhere(node.node)
    case 'expression':
      return groupColumnsOf(node.node)
    default:
      return [node.lhs, ...(node.rhs ?? [])].flatMap(groupColumnsOf)
  }
}
