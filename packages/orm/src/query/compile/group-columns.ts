import { partsOf, traitsOf } from '../build/node-traits.ts'
import type { ExpressionNode } from '../expressions/node.ts'
import type { WhereCondition, WhereNode } from '../where.ts'

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

/** What conditions on groups need GROUP BY to name; `negated` says that they stand under a negation. */
export function groupColumnsOfWhere(node: WhereNode, negated = false): ExpressionNode[] {
  switch (node.type) {
    case 'group':
      return node.children.flatMap((child) => groupColumnsOfWhere(child, negated || node.negated))
    case 'chain':
      return node.filters.flatMap((filter) => groupColumnsOfWhere(filter, negated))
    case 'moved':
      return groupColumnsOfWhere(node.node, negated)
    case 'expression':
      return groupColumnsOf(node.node)
    default:
      return [(negated && beforeMany(node)) || node.lhs, ...(node.rhs ?? [])].flatMap(groupColumnsOf)
  }
}

/** What the EXISTS of a negated condition over many rows takes from outside: the column before the first of them. */
function beforeMany({ column }: WhereCondition): ExpressionNode | undefined {
  const split = column?.steps.findIndex((step) => step.many) ?? -1
  if (split === -1) return undefined
  const field = column!.steps[split]!.fromField
  return { type: 'column', path: { steps: column!.steps.slice(0, split), field, relation: undefined }, output: field }
}
