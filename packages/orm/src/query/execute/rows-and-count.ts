import type { Row } from '../../models/row.ts'
import { prefetch } from '../../relations/prefetch.ts'
import { asQuery, type QuerySource } from '../query.ts'
import { databaseOf, stateOfQuerySet } from '../query-chain.ts'
import type { RowOf } from '../types/row-types.ts'
import { selectBeside } from './select.ts'

/**
 * The rows of a queryset that was sliced, and how many it has without the slice, counted up to `limit`: both in one statement,
 * for a page of a table that may be large. Where the slice holds no rows, `count` is `undefined`.
 */
export async function rowsAndCount<Q extends object>(
  querySet: Q,
  limit: number,
): Promise<{ readonly rows: RowOf<Q>[]; readonly count: number | undefined }> {
  const query = (querySet as QuerySource)[asQuery]()
  if (query.empty) return { rows: [], count: 0 }
  const { prefetch: paths } = stateOfQuerySet(querySet)
  const db = databaseOf(querySet)
  const counted = { ...query, countUpTo: limit, shape: `${query.shape} counted(${limit})` }
  const { rows, beside } = await selectBeside(counted, db)
  if (paths.length > 0) await prefetch(query.meta, rows as Row[], paths, db)
  return { rows: rows as RowOf<Q>[], count: beside.length === 0 ? undefined : Number(beside[0]) }
}
