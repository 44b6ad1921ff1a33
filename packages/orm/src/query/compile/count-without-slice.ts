import { type Fragment, fragment, sql } from '../fragment.ts'
import type { CompileContext } from './compile-context.ts'

/** How many rows the query has without its slice. It is about no row of its own, so that the database counts once. */
export function countWithoutSlice(context: CompileContext, limit: number): Fragment {
  const { query, operations, compilers } = context
  const whole = { ...query, low: 0, high: limit, ordering: [], related: {}, beside: undefined, countUpTo: undefined }
  // Its values are those of the query itself, and it stands in none.
  const rows = compilers.subquery({ ...context, outer: undefined, lift: undefined }, whole, 0, 'exists')
  return sql`(SELECT COUNT(*) FROM (${rows}) ${fragment(operations.quote('counted'))})`
}
