import { QueryError } from '../errors.ts'
import type { KeyValue } from '../models/attribute.ts'
import type { FieldsOf, Instance } from '../models/model-class.ts'
import type { Row } from '../models/row.ts'
import { prefetch } from '../relations/prefetch.ts'
import { withFilter, withLimitOfGet, withOrdering, withReverse, withSlice } from './build/build-query.ts'
import { containsRow } from './execute/contains-row.ts'
import { inBulk } from './execute/in-bulk.ts'
import { latest } from './execute/latest.ts'
import { RowStream } from './execute/row-stream.ts'
import { anyRow, countRows, iterateRows } from './execute/select.ts'
import { maxGetResults, wrongNumber } from './execute/wrong-number.ts'
import type { Conditions } from './q.ts'
import { isSliced, type Query } from './query.ts'
import { databaseOf, fetchRows, QueryChain, queryOf, shaped, state } from './query-chain.ts'
import type { Checked, Filterable } from './types/checked-types.ts'
import type { CheckedOrder, ValueAt } from './types/path-types.ts'
import type { RowOf } from './types/row-types.ts'

/** The methods of a queryset that ask the database and end a chain. */
export abstract class RowReads<M, R, A> extends QueryChain<M, R, A> {
  /** The one row that answers. Throws the model's `DoesNotExist` or `MultipleObjectsReturned`. */
  async get(): Promise<RowOf<this>>
  async get<const W extends Filterable<FieldsOf<M>>>(
    conditions: W & NoInfer<Checked<FieldsOf<M>, W, this>>,
  ): Promise<RowOf<this>>
  async get(conditions?: unknown): Promise<RowOf<this>> {
    let query = queryOf(this)
    if (conditions !== undefined) query = withFilter(query, [conditions as Conditions], false)
    if (!isSliced(query)) query = withLimitOfGet(query, maxGetResults)
    const fetched = fetchRows(this, query)
    const rows = fetched instanceof Promise ? await fetched : fetched
    if (rows.length === 1) return rows[0] as RowOf<this>
    throw wrongNumber(query.meta, rows.length, conditions)
  }

  /** The first row in the queryset's order, or in the order of keys where it has none; `null` where there is no row. */
  async first(): Promise<RowOf<this> | null> {
    const rows = await fetchRows(this, withSlice(ordered(queryOf(this)), 0, 1))
    return (rows[0] ?? null) as RowOf<this> | null
  }

  /** The last row in the queryset's order. */
  async last(): Promise<RowOf<this> | null> {
    const query = queryOf(this)
    if (isSliced(query)) throw new QueryError('Cannot take the last row once a slice has been taken.')
    const rows = await fetchRows(this, withSlice(withReverse(ordered(query)), 0, 1))
    return (rows[0] ?? null) as RowOf<this> | null
  }

  /**
   * The last row by these fields, `-` in front of one turns it; without any, by the model's `getLatestBy`. Throws the model's
   * `DoesNotExist`.
   */
  async latest<P extends string>(...fields: (P & CheckedOrder<FieldsOf<M>, P, this>)[]): Promise<RowOf<this>> {
    return latest(this, fields, false) as Promise<RowOf<this>>
  }

  /** The first row by these fields, as `latest` gives the last. */
  async earliest<P extends string>(...fields: (P & CheckedOrder<FieldsOf<M>, P, this>)[]): Promise<RowOf<this>> {
    return latest(this, fields, true) as Promise<RowOf<this>>
  }

  /** The rows with these keys, or all, by key; `fieldName` names another field that is unique. Keys without a row are left out. */
  async inBulk(ids?: Iterable<KeyValue<FieldsOf<M>>>): Promise<Map<KeyValue<FieldsOf<M>>, RowOf<this>>>
  async inBulk<const N extends keyof FieldsOf<M> & string>(
    values: Iterable<ValueAt<FieldsOf<M>, N>> | undefined,
    options: { readonly fieldName: N },
  ): Promise<Map<ValueAt<FieldsOf<M>, N>, RowOf<this>>>
  async inBulk(ids?: Iterable<unknown>, options: { readonly fieldName?: string } = {}): Promise<Map<unknown, unknown>> {
    return inBulk(this, ids, options.fieldName ?? 'pk')
  }

  /** Whether this row is among them. */
  async contains(row: Instance<M>): Promise<boolean> {
    return containsRow(this, row)
  }

  async count(): Promise<number> {
    const { rows } = this[state]
    return rows ? rows.length : countRows(queryOf(this), databaseOf(this))
  }

  async exists(): Promise<boolean> {
    const { rows } = this[state]
    return rows ? rows.length > 0 : anyRow(queryOf(this), databaseOf(this))
  }

  /** The rows in chunks, without holding the result in memory; what is prefetched is so for each chunk. */
  iterator(chunkSize = 2000): AsyncGenerator<RowOf<this>, void, undefined> {
    return new RowStream(chunks(this, chunkSize) as AsyncGenerator<RowOf<this>[], void, undefined>)
  }
}

async function* chunks(
  querySet: QueryChain<unknown, unknown, unknown>,
  chunkSize: number,
): AsyncGenerator<unknown[], void, undefined> {
  if (!Number.isSafeInteger(chunkSize) || chunkSize < 1) {
    throw new QueryError(`iterator() takes a number of rows from 1 up, got ${chunkSize}.`)
  }
  const query = queryOf(querySet)
  const db = databaseOf(querySet)
  const paths = query.selected ? [] : querySet[state].prefetch
  for await (const rows of iterateRows(query, db, chunkSize)) {
    if (paths.length > 0) await prefetch(query.meta, rows as Row[], paths, db)
    yield shaped(querySet, rows)
  }
}

function ordered(query: Query): Query {
  if (query.ordering?.length || (query.ordering === undefined && query.meta.ordering.length > 0)) return query
  return isSliced(query) ? query : { ...withOrdering(query, ['pk']), reversed: query.reversed }
}
