import type { ColumnNode, ExpressionNode } from './expressions/node.ts'
import type { WhereGroup, WhereNode } from './where.ts'

type Change = (node: ColumnNode) => ExpressionNode

/** A node with others in place of its columns. What is inside queries of its own stays. */
export function mapColumns(node: ExpressionNode, change: Change): ExpressionNode {
  const map = (inner: ExpressionNode): ExpressionNode => mapColumns(inner, change)
  switch (node.type) {
    case 'column':
      return change(node)
    case 'call':
    case 'raw':
      return { ...node, args: node.args.map(map) }
    case 'case':
      return {
        ...node,
        branches: node.branches.map(({ when, then }) => ({ when: mapWhere(when, change), then: map(then) })),
        otherwise: node.otherwise && map(node.otherwise),
      }
    case 'condition':
      return { ...node, where: mapWhere(node.where, change) }
    case 'moved':
      return { ...node, node: map(node.node) }
    default:
      return node
  }
}

export function mapWhere(where: WhereGroup, change: Change): WhereGroup {
  return { ...where, children: where.children.map((child) => mapWhereNode(child, change)) }
}

function mapWhereNode(node: WhereNode, change: Change): WhereNode {
  switch (node.type) {
    case 'group':
      return mapWhere(node, change)
    case 'condition':
      return {
        ...node,
        lhs: mapColumns(node.lhs, change),
        column: undefined,
        rhs: node.rhs?.map((side) => mapColumns(side, change)),
      }
    case 'expression':
      return { ...node, node: mapColumns(node.node, change) }
    case 'moved':
      return { ...node, node: mapWhere(node.node, change) }
    case 'chain':
      return { ...node, filters: node.filters.map((filter) => mapWhereNode(filter, change)) }
  }
}
