import { database } from '../backends/registry.ts'
import { FieldError, FieldValueError, QueryError } from '../errors.ts'
import { withColumn } from '../query/build-query.ts'
import { unknownName } from '../query/lookup-path.ts'
import { rootQuery } from '../query/query.ts'
import { selectRows } from '../query/select.ts'
import { blockOf } from '../transactions/atomic-block.ts'
import { type FullCleanOptions, fullClean } from '../validation/full-clean.ts'
import { type Deleted, deleteRow } from './deletion.ts'
import type { ModelMeta } from './model-meta.ts'
import { Row, RowFiller, stateOf } from './row.ts'
import { metaOf, type SaveOptions, saveRow } from './save-row.ts'

type Values = Record<string, unknown>

/** What every model extends. */
export class ModelInstance extends Row {
  constructor(values?: object) {
    super()
    if (values instanceof RowFiller) values.fill(this)
    else initialise(this, (values ?? {}) as Values)
  }

  get pk(): unknown {
    return (this as unknown as Values)[metaOf(this).pk.attribute]
  }

  save(options: SaveOptions = {}): Promise<void> {
    return saveRow(this, options)
  }

  async delete(options: { readonly using?: string } = {}): Promise<Deleted> {
    if (this.pk === null || this.pk === undefined) {
      throw new QueryError(`This ${metaOf(this).name} cannot be deleted: it has no key, so it was never saved.`)
    }
    return deleteRow(this, database(options.using ?? stateOf(this).alias))
  }

  /** What people read of the row: `Post object (1)` until the model says better. */
  override toString(): string {
    return `${metaOf(this).name} object (${String(this.pk)})`
  }

  /** The columns, as JSON can hold them: what `JSON.stringify` has no form for, a bigint, as text. */
  toJSON(): Record<string, unknown> {
    const values = Object.entries(this).map(([name, value]) => [
      name,
      typeof value === 'bigint' ? String(value) : value,
    ])
    return Object.fromEntries(values)
  }

  /** What subclasses check of a row as a whole. */
  clean(): void | Promise<void> {}

  fullClean(options: FullCleanOptions = {}): Promise<void> {
    return fullClean(this, options)
  }

  async refreshFromDb(options: { readonly using?: string } = {}): Promise<void> {
    const meta = metaOf(this)
    const db = database(options.using ?? stateOf(this).alias)
    const query = withColumn(rootQuery(meta.model), { steps: [], field: meta.pk, relation: undefined }, [this.pk])
    const [fresh] = (await selectRows(query, db)) as Row[]
    if (!fresh) {
      const { DoesNotExist } = meta.model as unknown as { DoesNotExist: new (message: string) => Error }
      throw new DoesNotExist(`No ${meta.name} with key ${String(this.pk)}: it was deleted.`)
    }
    for (const field of meta.fields)
      (this as unknown as Values)[field.attribute] = (fresh as unknown as Values)[field.attribute]
    const { original, originalAt, alias } = stateOf(fresh)
    Object.assign(stateOf(this), {
      original,
      originalAt,
      alias,
      heldSince: blockOf(db)?.fate,
      stored: true,
      related: undefined,
      prefetched: undefined,
    })
  }
}

function initialise(row: ModelInstance, values: Values): void {
  const meta = metaOf(row)
  const target = row as unknown as Values
  for (const field of meta.fields) {
    const given = values[field.attribute]
    if (given === undefined && Object.hasOwn(values, field.attribute)) refuseUndefined(field.attribute)
    target[field.attribute] = given === undefined ? field.initialValue() : field.fromInput(given)
  }
  for (const name of Object.keys(values)) assignOther(row, meta, name, values[name])
}

/** What is given beside columns: rows for relations, and the key by its general name. */
function assignOther(row: ModelInstance, meta: ModelMeta, name: string, value: unknown): void {
  const member = meta.member(name)
  if (member === undefined) throw unknownName(meta, name, `new ${meta.name}`)
  const field = meta.field(name)
  if (value === undefined) refuseUndefined(name)
  if (field?.attribute === name) return
  if (name === 'pk') (row as unknown as Values)[meta.pk.attribute] = value
  else if (field) (row as unknown as Values)[name] = value
  else throw new FieldError(`${meta.name}.${name} leads to many rows: save the row, then add them.`)
}

function refuseUndefined(name: string): never {
  throw new FieldValueError(name, 'a value (leave the key out for its default, or use null)', undefined)
}
