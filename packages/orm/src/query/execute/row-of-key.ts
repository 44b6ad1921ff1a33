import type { ModelMeta } from '../../models/model-meta.ts'
import type { Query } from '../query.ts'
import type { WhereCondition, WhereNode } from '../where.ts'

/** Whether a query asks for the row with one key and for nothing that could make several of it: databases read such a one quicker. */
export function isRowOfKey(query: Query): boolean {
  const { meta, steps } = query
  if (query.compound || query.selected || query.countUpTo !== undefined || query.beside) return false
  if (steps.length === 0 || query.ordering?.length !== 0) return false
  const children = steps.flatMap((step): readonly (WhereNode | undefined)[] => {
    const isPlain = step.type === 'filter' && step.where.connector === 'AND' && !step.where.negated
    return isPlain ? step.where.children : [undefined]
  })
  return children.every(isOfOwnColumn) && children.some((child) => isKey(meta, child as WhereCondition))
}

/** A condition over other tables may find a row as often as it has rows there. */
function isOfOwnColumn(node: WhereNode | undefined): boolean {
  return node?.type === 'condition' && node.rhs === undefined && !node.subquery && node.column?.steps.length === 0
}

function isKey(meta: ModelMeta, { operator, lhs, column, own }: WhereCondition): boolean {
  return operator === 'exact' && own === undefined && lhs.type === 'column' && column?.field === meta.pk
}
