import type { Database, MaybePromise, RawRow, SqlValue, Statement } from '../backends/database.ts'
import { placeholder } from '../backends/operations.ts'
import { operationsFor } from '../backends/operations-for.ts'
import { database } from '../backends/registry.ts'
import { FieldValueError, QueryError } from '../errors.ts'
import type { Field } from '../fields/field.ts'
import { compiledOnce } from '../query/select.ts'
import { blockOf, isUndone } from '../transactions/atomic-block.ts'
import type { ModelMeta, RuntimeModel } from './model-meta.ts'
import { type Row, type RowState, stateOf } from './row.ts'
import { storeFiles } from './store-files.ts'
import { Unsaved } from './unsaved.ts'

export interface SaveOptions {
  /** Inserts, or fails where the key is taken. */
  readonly forceInsert?: boolean
  /** Updates, or fails where there is no such row. */
  readonly forceUpdate?: boolean
  /** Writes these fields alone. */
  readonly updateFields?: readonly string[]
  /** The alias of the database. */
  readonly using?: string | undefined
}

type Values = Record<string, unknown>

export function metaOf(row: object): ModelMeta {
  return (row.constructor as unknown as RuntimeModel).meta
}

/**
 * Inserts or updates a row. A row that came from the database is updated in the columns that changed, if any did. New files are
 * stored first; they go again where the row is not saved, or its transaction is rolled back.
 */
export async function saveRow(row: Row, options: SaveOptions = {}): Promise<void> {
  const meta = metaOf(row)
  const db = database(options.using ?? stateOf(row).alias)
  const chosen = options.updateFields && chosenFields(meta, options.updateFields)
  if (meta.fileFields.length === 0) return writeRow(row, db, chosen, options)
  const undo = await storeFiles(
    row,
    chosen ? meta.fileFields.filter((field) => chosen.includes(field)) : meta.fileFields,
  )
  try {
    await writeRow(row, db, chosen, options)
  } catch (error) {
    await undo()
    throw error
  }
  blockOf(db)?.whenUndone(undo)
}

async function writeRow(
  row: Row,
  db: Database,
  chosen: readonly Field[] | undefined,
  options: SaveOptions,
): Promise<void> {
  const meta = metaOf(row)
  const own = stateOf(row)
  takeKeys(row, meta)
  const values = row as unknown as Values
  const known = own.stored && own.alias === db.alias && !options.forceInsert
  const adds = !known
  const encoded = encodeRow(values, meta, adds, chosen)
  const key = encoded[meta.fields.indexOf(meta.pk)]!
  if (known || options.forceUpdate || chosen || (key !== null && !options.forceInsert)) {
    const original = isUndone(own.heldSince) ? undefined : own.original
    const written = chosen ?? (known ? changedFields(meta, encoded, original, own.originalAt) : meta.fields)
    const updated = await update(db, meta, written, encoded, key)
    if (!updated && (options.forceUpdate || chosen)) {
      throw new QueryError(`${meta.name} with key ${String(key)} was to be updated, but the database has no such row.`)
    }
    if (updated) return remember(row, db, chosen ? mergeWritten(meta, own, encoded, chosen) : encoded)
  }
  await insert(db, meta, values, encoded)
  remember(row, db, encoded)
}

function remember(row: Row, db: Database, held: RawRow | undefined): void {
  const own = stateOf(row)
  own.alias = db.alias
  own.stored = true
  own.original = held
  own.originalAt = 0
  own.heldSince = blockOf(db)?.fate
}

/** What the database holds after some columns were written: of the others, what was read; unknown where nothing was. */
function mergeWritten(meta: ModelMeta, own: RowState, encoded: RawRow, chosen: readonly Field[]): RawRow | undefined {
  const { original, originalAt } = own
  if (!original || isUndone(own.heldSince)) return undefined
  return meta.fields.map((field, index) => (chosen.includes(field) ? encoded[index]! : original[originalAt + index]!))
}

function chosenFields(meta: ModelMeta, names: readonly string[]): Field[] {
  return names.map((name) => {
    const field = meta.field(name)
    if (field && !field.primaryKey) return field
    throw new QueryError(`save({ updateFields }) of ${meta.name} cannot write '${name}': it is no column, or the key.`)
  })
}

/** A row that was assigned before it was saved has a key by now. */
function takeKeys(row: Row, meta: ModelMeta): void {
  const { related } = stateOf(row)
  if (!related) return
  for (const field of meta.foreignKeys) {
    const assigned = related.get(field.name)
    if (!(assigned instanceof Unsaved)) continue
    const key = (assigned.row as unknown as Values)[field.target.pk.attribute]
    if (key === null || key === undefined) {
      throw new FieldValueError(field.name, `a saved ${field.target.name} (save it first)`, assigned.row)
    }
    ;(row as unknown as Values)[field.attribute] = key
    related.set(field.name, assigned.row)
  }
}

/** The values as the database takes them, in the order of the fields; those that set themselves are set. */
function encodeRow(values: Values, meta: ModelMeta, adds: boolean, chosen: readonly Field[] | undefined): SqlValue[] {
  return meta.fields.map((field) => {
    const { attribute } = field
    // What is not written needs no form: a file may not be stored yet.
    if (chosen && !field.primaryKey && !chosen.includes(field)) return null
    values[attribute] = field.valueForSave(values[attribute], adds)
    const value = values[attribute]
    if (value === undefined && !field.primaryKey) throw new FieldValueError(field.name, 'a value', value)
    return value === undefined ? null : field.toSql(value)
  })
}

/** A driver may give 1n or 1.5 where a value is written as 1 or '1.50'. */
function sameSql(before: unknown, after: SqlValue): boolean {
  if (before === after) return true
  if (typeof before === 'bigint' || typeof after === 'bigint') {
    return before !== null && after !== null && String(before) === String(after)
  }
  if (typeof before === 'number' && typeof after === 'string') return before === Number(after)
  return before instanceof Uint8Array && after instanceof Uint8Array && Buffer.compare(before, after) === 0
}

function changedFields(
  meta: ModelMeta,
  encoded: RawRow,
  original: RawRow | undefined,
  start: number,
): readonly Field[] {
  if (!original) return meta.fields
  const changed = meta.fields.filter((_, index) => !sameSql(original[start + index], encoded[index] as SqlValue))
  return changed.includes(meta.pk) ? meta.fields : changed
}

/** Whether there is such a row. Nothing changed is nothing to write. */
async function update(
  db: Database,
  meta: ModelMeta,
  fields: readonly Field[],
  encoded: RawRow,
  key: unknown,
): Promise<boolean> {
  const written = fields.filter((field) => !field.primaryKey)
  if (written.length === 0) return fields.length === 0
  const shape = written.map((field) => field.name).join()
  const statement = compiledOnce<Statement>(meta, db.vendor, 'save', shape, () => {
    const { quote, finish, assigned } = operationsFor(db.vendor)
    const set = written.map((field) => `${quote(field.column)} = ${assigned(field.kind, placeholder)}`).join(', ')
    return { sql: finish(`UPDATE ${quote(meta.table)} SET ${set} WHERE ${quote(meta.pk.column)} = ${placeholder}`) }
  })
  const parameters = written.map((field) => encoded[meta.fields.indexOf(field)] as SqlValue)
  const { changes } = await db.run(statement, [...parameters, key as SqlValue])
  return changes > 0
}

async function insert(db: Database, meta: ModelMeta, values: Values, encoded: SqlValue[]): Promise<void> {
  const at = meta.fields.indexOf(meta.pk)
  const numbered = encoded[at] === null
  const fields = numbered ? meta.fields.filter((field) => field !== meta.pk) : meta.fields
  const parameters = numbered ? encoded.toSpliced(at, 1) : encoded
  const operations = operationsFor(db.vendor)
  const statement = compiledOnce<Statement>(meta, db.vendor, numbered ? 'insert' : 'insert with key', '', () => {
    return { sql: insertSql(meta, fields, 1, db.vendor) }
  })
  if (!numbered) {
    await db.run(statement, parameters)
    return
  }
  const result = operations.tellsInsertedKey
    ? (await (db.run(statement, parameters) as MaybePromise<{ lastInsertId?: number | bigint }>)).lastInsertId
    : (await db.returning(statement, parameters))[0]?.[0]
  encoded[at] = Number(result)
  values[meta.pk.attribute] = Number(result)
}

/** INSERT for `rows` rows, with RETURNING where the database tells keys no other way. */
export function insertSql(meta: ModelMeta, fields: readonly Field[], rows: number, vendor: Database['vendor']): string {
  const { quote, finish, assigned, tellsInsertedKey } = operationsFor(vendor)
  const returning = tellsInsertedKey ? '' : ` RETURNING ${quote(meta.pk.column)}`
  if (fields.length === 0) return finish(`INSERT INTO ${quote(meta.table)} DEFAULT VALUES${returning}`)
  const columns = fields.map((field) => quote(field.column)).join(', ')
  const one = `(${fields.map((field) => assigned(field.kind, placeholder)).join(', ')})`
  const all = new Array(rows).fill(one).join(', ')
  return finish(`INSERT INTO ${quote(meta.table)} (${columns}) VALUES ${all}${returning}`)
}
