import type { ModelMeta } from '../models/model-meta.ts'
import { type Row, stateOf } from '../models/row.ts'
import { withFilter } from '../query/build/build-query.ts'
import type { Query } from '../query/query.ts'

type Values = Record<string, unknown>

/** The rows of a query but the one at hand. */
export function others(row: Row, meta: ModelMeta, query: Query): Query {
  const key = (row as unknown as Values)[meta.pk.attribute]
  return stateOf(row).stored && key !== null ? withFilter(query, [{ pk: key }], true) : query
}
