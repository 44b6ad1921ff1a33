import { NotSupportedError } from '../../backends/errors.ts'
import { QueryError } from '../../errors.ts'
import { isSliced, type Query } from '../query.ts'

/** Throws for a query that was sliced: what comes after a slice would have to look at other rows. */
export function refuseSlice(query: Query, doing: string): void {
  if (isSliced(query))
    throw new QueryError(`Cannot ${doing} once a slice has been taken of ${query.meta.name}'s queryset.`)
}

const names = { UNION: 'union', 'UNION ALL': 'union', INTERSECT: 'intersection', EXCEPT: 'difference' } as const

/** Throws for rows of several queries put together, which can only be ordered, sliced, counted, and selected values of. */
export function refuseCompound(query: Query, doing: string): void {
  if (query.compound === undefined) return
  const name = names[query.compound.operator]
  throw new NotSupportedError(`Calling ${doing}() after ${name}() is not supported: call it on each part, before.`)
}

/** Throws for a query that mentions one around it, where there is none. */
export function refuseOuter(query: Query): void {
  if (query.outerNames.length === 0) return
  throw new QueryError(
    `${query.meta.name}'s queryset has OuterRef('${query.outerNames[0]!.name}'), so it can only be used inside another: in Subquery(…), Exists(…) or as a value of filter.`,
  )
}
