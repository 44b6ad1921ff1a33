import { QueryError } from '../../errors.ts'
import { withOrdering, withReverse, withSlice } from '../build/build-query.ts'
import { isSliced } from '../query.ts'
import { fetchRows, queryOf } from '../query-chain.ts'
import { wrongNumber } from './wrong-number.ts'

/** The last row by some fields, or by the model's `getLatestBy`; the first where it is asked for. */
export async function latest(querySet: object, fields: readonly string[], first: boolean): Promise<unknown> {
  const query = queryOf(querySet)
  const { meta } = query
  const doing = first ? 'earliest' : 'latest'
  if (isSliced(query)) throw new QueryError(`Cannot take the ${doing} row once a slice has been taken.`)
  const declared = meta.options.getLatestBy ?? []
  const names = fields.length > 0 ? fields : typeof declared === 'string' ? [declared] : declared
  if (names.length === 0) {
    throw new QueryError(`${doing}() of ${meta.name} needs the names of fields: the model has no getLatestBy.`)
  }
  const ordered = { ...withOrdering({ ...query, ordering: [], reversed: false }, names), reversed: false }
  const [row] = await fetchRows(querySet, withSlice(first ? ordered : withReverse(ordered), 0, 1))
  if (row === undefined) throw wrongNumber(meta, 0, undefined)
  return row
}
