import type { CaseNode, ExpressionNode, OrderTerm } from '../expressions/node.ts'
import type { WhereNode } from '../where.ts'

/** What a node holds, at any depth outside of subqueries. */
export interface Traits {
  readonly aggregate: boolean
  readonly window: boolean
}

const none: Traits = { aggregate: false, window: false }
const known = new WeakMap<ExpressionNode, Traits>()

export function traitsOf(node: ExpressionNode): Traits {
  if (node.type === 'column' || node.type === 'value') return none
  let traits = known.get(node)
  if (!traits) {
    traits = readTraits(node)
    known.set(node, traits)
  }
  return traits
}

function readTraits(node: ExpressionNode): Traits {
  if (node.type === 'aggregate') return { aggregate: true, window: false }
  const parts = partsOf(node).map(traitsOf)
  const wheres = wheresOf(node).map(traitsOfWhere)
  const below = merge([...parts, ...wheres])
  return node.type === 'window' ? { ...below, window: true } : below
}

function merge(all: readonly Traits[]): Traits {
  const aggregate = all.some((traits) => traits.aggregate)
  const window = all.some((traits) => traits.window)
  return { aggregate, window }
}

/** Of a window the aggregate itself is no aggregate: it leaves each row. */
export function partsOf(node: ExpressionNode): readonly ExpressionNode[] {
  switch (node.type) {
    case 'annotation':
      return [node.of]
    case 'moved':
      return [node.node]
    case 'call':
    case 'raw':
      return node.args
    case 'aggregate':
      return [...node.args, ...termsOf(node.orderBy)]
    case 'window':
      return [...node.of.args, ...node.partitionBy, ...termsOf(node.orderBy)]
    case 'case':
      return resultsOf(node)
    default:
      return []
  }
}

function resultsOf(node: CaseNode): ExpressionNode[] {
  const results = node.branches.map(({ then }) => then)
  return node.otherwise ? [...results, node.otherwise] : results
}

function termsOf(terms: readonly OrderTerm[]): ExpressionNode[] {
  return terms.flatMap(({ by }) => (typeof by === 'string' ? [] : [by]))
}

function wheresOf(node: ExpressionNode): readonly WhereNode[] {
  if (node.type === 'case') return node.branches.map(({ when }) => when)
  if (node.type === 'condition') return [node.where]
  return node.type === 'aggregate' && node.filter ? [node.filter] : []
}

/** What the expressions of a tree of conditions hold. */
export function traitsOfWhere(node: WhereNode): Traits {
  switch (node.type) {
    case 'group':
      return merge(node.children.map(traitsOfWhere))
    case 'chain':
      return merge(node.filters.map(traitsOfWhere))
    case 'moved':
      return traitsOfWhere(node.node)
    case 'expression':
      return traitsOf(node.node)
    default:
      return merge([traitsOf(node.lhs), ...(node.rhs ?? []).map(traitsOf)])
  }
}

/** Whether an aggregate is computed of what a window gives, by an annotation. */
export function isOfWindow(node: ExpressionNode): boolean {
  if (node.type === 'aggregate') return node.args.some((arg) => traitsOf(arg).window)
  return partsOf(node).some(isOfWindow)
}

/** Whether a node holds an aggregate that is not one of an annotation. */
export function holdsOwnAggregate(node: ExpressionNode): boolean {
  if (node.type === 'aggregate') return true
  return node.type !== 'annotation' && partsOf(node).some(holdsOwnAggregate)
}
