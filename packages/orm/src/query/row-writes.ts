import { QueryError } from '../errors.ts'
import { type BulkCreateOptions, bulkCreate } from '../models/bulk-create.ts'
import { bulkUpdate } from '../models/bulk-update.ts'
import type { CreateInput, PartialInput } from '../models/create-input.ts'
import { deleteRows } from '../models/deletion.ts'
import { insertNew } from '../models/insert-new.ts'
import type { FieldsOf, Instance } from '../models/model-class.ts'
import type { RuntimeModel } from '../models/model-meta.ts'
import { Row } from '../models/row.ts'
import { type Defaults, getOrCreate, updateOrCreate } from './execute/get-or-create.ts'
import { updateRows } from './execute/update-rows.ts'
import { updateWithFiles } from './execute/update-with-files.ts'
import type { Conditions } from './q.ts'
import { isSliced } from './query.ts'
import { queryOf, state, writeDatabaseOf } from './query-chain.ts'
import { RowReads } from './row-reads.ts'
import type { Checked, Filterable } from './types/checked-types.ts'
import type { Assignable, CheckedAssignments } from './types/update-types.ts'

/** The name of one of a model's own columns, or of a foreign key. */
type FieldName<M> = keyof FieldsOf<M> & string

/** The methods of a queryset that write. */
export abstract class RowWrites<M, R, A> extends RowReads<M, R, A> {
  /** Inserts a row and returns it. */
  async create(values: CreateInput<FieldsOf<M>>): Promise<Instance<M>> {
    const row = new (this.model as RuntimeModel)(values) as Row
    const saved = insertNew(row, writeDatabaseOf(this).alias)
    if (saved instanceof Promise) await saved
    return row as Instance<M>
  }

  /**
   * The one row that answers, or a new one made of the conditions that name a column and of `defaults`; and whether it was made.
   * Where somebody else makes it at the same time, theirs is found. Throws the model's `MultipleObjectsReturned`.
   */
  async getOrCreate<const W extends Filterable<FieldsOf<M>>>(
    conditions: W & NoInfer<Checked<FieldsOf<M>, W, unknown>>,
    defaults: Defaults<PartialInput<FieldsOf<M>>> = {} as never,
  ): Promise<[row: Instance<M>, created: boolean]> {
    const create = (values: object) => this.create(values as CreateInput<FieldsOf<M>>)
    return getOrCreate(this as never, conditions as Conditions, defaults as Defaults<object>, create) as never
  }

  /**
   * The one row that answers, with `defaults` set and saved; or a new one made of the conditions and of `createDefaults`, which
   * are `defaults` unless told. In one transaction, which locks the row. Throws the model's `MultipleObjectsReturned`.
   */
  async updateOrCreate<const W extends Filterable<FieldsOf<M>>>(
    conditions: W & NoInfer<Checked<FieldsOf<M>, W, unknown>>,
    defaults: Defaults<PartialInput<FieldsOf<M>>>,
    createDefaults: Defaults<PartialInput<FieldsOf<M>>> = defaults,
  ): Promise<[row: Instance<M>, created: boolean]> {
    return updateOrCreate(
      this as never,
      conditions as Conditions,
      defaults as Defaults<object>,
      createDefaults as Defaults<object>,
      (values) => this.create(values as CreateInput<FieldsOf<M>>),
    ) as never
  }

  /**
   * Inserts many rows, given as instances or as `create` takes them, in few statements; returns them, with their keys. No signals
   * are sent, and no `save` of a model's own is called.
   */
  async bulkCreate(
    rows: Iterable<Instance<M> | CreateInput<FieldsOf<M>>>,
    options: BulkCreateOptions<FieldName<M>> = {},
  ): Promise<Instance<M>[]> {
    const model = this.model as RuntimeModel
    const made = [...rows].map((row) => (Row.has(row) ? row : new model(row as object)) as Row)
    await bulkCreate(model.meta, made, writeDatabaseOf(this), options)
    return made as Instance<M>[]
  }

  /** Updates these columns of many rows, each to its own value, in few statements; returns how many rows there were. */
  async bulkUpdate(
    rows: Iterable<Instance<M>>,
    fields: readonly FieldName<M>[],
    options: { readonly batchSize?: number } = {},
  ): Promise<number> {
    return bulkUpdate((this.model as RuntimeModel).meta, [...rows] as Row[], fields, writeDatabaseOf(this), options)
  }

  /** Sets columns of all rows in one statement; returns how many there were. */
  async update<const V extends Assignable<FieldsOf<M>>>(
    values: V & NoInfer<CheckedAssignments<FieldsOf<M>, V, this>>,
  ): Promise<number> {
    const query = queryOf(this)
    if (isSliced(query)) throw new QueryError('Cannot update once a slice has been taken.')
    this[state].result = undefined
    const update = query.meta.fileFields.length === 0 ? updateRows : updateWithFiles
    return update(query, values, writeDatabaseOf(this))
  }

  /** Deletes all rows and what goes with them; returns how many in all, and how many of each model. */
  async delete(): Promise<[total: number, byModel: Record<string, number>]> {
    const query = queryOf(this)
    if (isSliced(query)) throw new QueryError('Cannot delete once a slice has been taken.')
    if (query.selected) throw new QueryError('Cannot delete after values().')
    const db = writeDatabaseOf(this)
    return deleteRows(query, db, this)
  }
}
