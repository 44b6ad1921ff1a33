import { QueryError } from '../../errors.ts'
import type { Slot } from '../../lookups/lookup.ts'
import { type Compound, emptyQuery, isSliced, type OuterName, type Query } from '../query.ts'

/** The rows of several queries as those of one. What each part shows must be alike; the first says what rows are. */
export function withCompound(query: Query, operator: Compound['operator'], others: readonly Query[]): Query {
  if (others.length === 0) return query
  const all = [query, ...others]
  const values: Slot[] = []
  const outerNames: OuterName[] = []
  const parts = all.map((part) => {
    if (part.lock)
      throw new QueryError(`${operator} takes no query that locks its rows: call selectForUpdate() on none of them.`)
    const at = values.length
    for (const value of part.values) values.push(value)
    outerNames.push(...part.outerNames)
    return { query: part, at }
  })
  const shapes = all.map(textOf).join('|')
  return {
    ...emptyQuery(query.meta),
    values,
    outerNames,
    shape: `${operator}<${shapes}>`,
    compound: { operator, parts },
    annotations: query.annotations,
    selected: query.selected,
    related: query.related,
    ordering: [],
  }
}

function textOf(part: Query): string {
  const slice = isSliced(part) ? ` ${part.low}-${part.high ?? ''}` : ''
  return `${part.meta.label}${part.shape}${slice}`
}
