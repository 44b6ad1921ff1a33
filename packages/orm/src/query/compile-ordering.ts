import type { Operations } from '../backends/operations.ts'
import { FieldError } from '../errors.ts'
import { type Fragment, fragment, wrap } from './fragment.ts'
import type { Joins } from './joins.ts'
import type { ColumnPath } from './lookup-path.ts'
import { readOrdering } from './ordering.ts'
import type { OrderTerm, Query } from './query.ts'

interface OrderingContext {
  readonly joins: Joins
  readonly operations: Operations
  annotation(name: string): Fragment
}

/** The terms of ORDER BY. Without an ordering of its own a query has its model's, unless it groups. */
export function compileOrdering(context: OrderingContext, query: Query): Fragment[] {
  const grouped = query.groupBy !== undefined && query.groupBy !== 'key'
  const terms = query.ordering ?? (grouped ? [] : readOrdering(query.meta, query.meta.ordering))
  return terms.flatMap((term) => compileTerm(context, term, query.reversed, []))
}

function compileTerm(
  context: OrderingContext,
  term: OrderTerm,
  reversed: boolean,
  trail: readonly string[],
): Fragment[] {
  const direction = term.descending !== reversed ? ' DESC' : ' ASC'
  if (term.by === 'selected') return [fragment(`1${direction}`)]
  if (term.by === 'random') return [fragment(context.operations.random)]
  if ('annotation' in term.by) return [wrap('', context.annotation(term.by.annotation), direction)]
  const { relation } = term.by
  if (relation && relation.ordering.length > 0) {
    if (trail.includes(relation.label)) {
      throw new FieldError(`The orderings of ${[...trail, relation.label].join(' → ')} go in a circle.`)
    }
    const inner = readOrdering(relation, relation.ordering)
    return inner.flatMap((below) =>
      compileTerm(
        context,
        { descending: below.descending !== term.descending, by: prefixed(term.by as ColumnPath, below.by) },
        reversed,
        [...trail, relation.label],
      ),
    )
  }
  return [fragment(`${context.joins.quote(context.joins.column(term.by))}${direction}`)]
}

function prefixed(path: ColumnPath, by: OrderTerm['by']): OrderTerm['by'] {
  if (by === 'random' || by === 'selected' || 'annotation' in by) return by
  return { ...by, steps: [...path.steps, ...by.steps] }
}
