import { IntegrityError } from '../backends/errors.ts'
import { QueryError } from '../errors.ts'
import type { CreateInput, PartialInput } from '../models/create-input.ts'
import { deleteRows } from '../models/deletion.ts'
import type { FieldsOf, Instance } from '../models/model-class.ts'
import type { RuntimeModel } from '../models/model-meta.ts'
import type { Row } from '../models/row.ts'
import { saveRow } from '../models/save-row.ts'
import { atomic } from '../transactions/atomic.ts'
import { withFilter, withSlice } from './build-query.ts'
import type { Checked, Filterable } from './path-types.ts'
import type { Conditions } from './q.ts'
import { isSliced } from './query.ts'
import { databaseOf, fetchRows, queryOf, state, stateOfQuerySet } from './query-chain.ts'
import { RowReads } from './row-reads.ts'
import { updateRows } from './update-rows.ts'
import { updateWithFiles } from './update-with-files.ts'

/** The methods of a queryset that write. */
export abstract class RowWrites<M, R, A> extends RowReads<M, R, A> {
  /** Inserts a row and returns it. */
  async create(values: CreateInput<FieldsOf<M>>): Promise<Instance<M>> {
    const row = new (this.model as RuntimeModel)(values) as Row
    await saveRow(row, { forceInsert: true, using: this[state].alias })
    return row as Instance<M>
  }

  /** The one row that answers, or a new one made of the conditions and `defaults`; and whether it was made. */
  async getOrCreate<const W extends Filterable<FieldsOf<M>>>(
    conditions: W & Checked<FieldsOf<M>, W, unknown>,
    defaults: PartialInput<FieldsOf<M>> = {},
  ): Promise<[row: Instance<M>, created: boolean]> {
    return getOrCreate(this as never, conditions as Conditions, defaults as object) as never
  }

  /** Sets columns of all rows in one statement; returns how many there were. */
  async update(values: PartialInput<FieldsOf<M>>): Promise<number> {
    const query = queryOf(this)
    if (isSliced(query)) throw new QueryError('Cannot update once a slice has been taken.')
    this[state].result = undefined
    const update = query.meta.fileFields.length === 0 ? updateRows : updateWithFiles
    return update(query, values, databaseOf(this))
  }

  /** Deletes all rows and what goes with them; returns how many in all, and how many of each model. */
  async delete(): Promise<[total: number, byModel: Record<string, number>]> {
    const query = queryOf(this)
    if (isSliced(query)) throw new QueryError('Cannot delete once a slice has been taken.')
    if (query.selected) throw new QueryError('Cannot delete after values().')
    const db = databaseOf(this)
    return deleteRows(query, db)
  }
}

/** Conditions that name a column are values of a new row too; those with a lookup are not. */
async function getOrCreate(
  querySet: RowWrites<unknown, unknown, unknown>,
  conditions: Conditions,
  defaults: object,
): Promise<[row: unknown, created: boolean]> {
  const query = withSlice(withFilter(queryOf(querySet), [conditions], false), 0, 1)
  const find = async () => (await fetchRows(querySet, query))[0]
  const found = await find()
  if (found) return [found, false]
  const plain = Object.entries(conditions).filter(([name]) => !name.includes('__'))
  try {
    const create = () => querySet.create({ ...Object.fromEntries(plain), ...defaults } as never)
    return [await atomic(create, { using: stateOfQuerySet(querySet).alias } as never), true]
  } catch (error) {
    // Somebody else may have made it meanwhile.
    const other = error instanceof IntegrityError ? await find() : undefined
    if (other) return [other, false]
    throw error
  }
}
