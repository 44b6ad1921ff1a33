import { FieldError } from '../../errors.ts'
import { modelOrdering, overRelation } from '../build/model-ordering.ts'
import type { ExpressionNode, OrderTerm } from '../expressions/node.ts'
import { type Fragment, fragment } from '../fragment.ts'
import { isSliced, type Query } from '../query.ts'
import type { CompileContext } from './compile-context.ts'
import { compileExpression } from './compile-expression.ts'
import type { Selection } from './select-list.ts'

/** A term of ORDER BY. */
export interface OrderSql {
  readonly sql: Fragment
  /** What it orders by, where that is an expression. */
  readonly by: Fragment | undefined
  readonly node: ExpressionNode | undefined
}

/** The order that matters: none where rows are only counted. Without an ordering of its own a query has its model's, unless it groups. */
export function orderingOf(query: Query, selection: Selection): readonly OrderTerm[] {
  const isCut = isSliced(query) || query.distinctOn.length > 0
  if (selection !== 'rows' && !(selection === 'key' && isCut)) return []
  const grouped = query.groupBy !== undefined && query.groupBy !== 'key'
  const terms = query.ordering ?? (grouped || query.compound ? [] : modelOrdering(query.meta))
  return query.reversed ? terms.map(turned) : terms
}

function turned(term: OrderTerm): OrderTerm {
  const nulls = term.nulls && (term.nulls === 'first' ? 'last' : 'first')
  return { ...term, descending: !term.descending, nulls }
}

export function compileOrdering(context: CompileContext, terms: readonly OrderTerm[]): OrderSql[] {
  return terms.flatMap((term) => compileTerm(context, term, []))
}

/** Terms inside an expression: of a window, of an aggregate. */
export function compileTerms(context: CompileContext, terms: readonly OrderTerm[]): Fragment[] {
  return compileOrdering(context, terms).map(({ sql }) => sql)
}

function compileTerm(context: CompileContext, term: OrderTerm, trail: readonly string[]): OrderSql[] {
  const { by } = term
  if (by === 'selected') return [{ sql: fragment(`1${direction(term)}`), by: undefined, node: undefined }]
  if (by === 'random') return [{ sql: fragment(context.operations.random), by: undefined, node: undefined }]
  if (by.type === 'moved' && by.node.type === 'column') return compileTerm(context, { ...term, by: by.node }, trail)
  const relation = by.type === 'column' ? by.path.relation : undefined
  if (by.type === 'column' && relation && relation.ordering.length > 0) {
    if (trail.includes(relation.label)) {
      throw new FieldError(`The orderings of ${[...trail, relation.label].join(' → ')} go in a circle.`)
    }
    return modelOrdering(relation).flatMap((below) => {
      const descending = below.descending !== term.descending
      return compileTerm(context, { ...below, descending, by: overRelation(by.path.steps, below.by) }, [
        ...trail,
        relation.label,
      ])
    })
  }
  const text = compileExpression(context, by)
  const key = by.output.kind === 'json' ? jsonOrder(context, by, text) : text
  return [{ sql: fragment(`${key.sql}${direction(term)}`, key.binds), by: text, node: by }]
}

/** A document as a database can order it, where its text does not do. */
function jsonOrder({ operations }: CompileContext, { output }: ExpressionNode, document: Fragment): Fragment {
  const write = operations.functions['json:order']
  const call = { args: [document], fields: [output], output, operations, distinct: false, order: undefined }
  return write ? write(call) : document
}

function direction({ descending, nulls }: OrderTerm): string {
  const nullsSql = nulls === undefined ? '' : nulls === 'first' ? ' NULLS FIRST' : ' NULLS LAST'
  return `${descending ? ' DESC' : ' ASC'}${nullsSql}`
}
