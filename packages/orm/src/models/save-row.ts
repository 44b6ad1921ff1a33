import type { Database, MaybePromise, RawRow, SqlValue } from '../backends/database.ts'
import { database } from '../backends/registry.ts'
import { FieldValueError, type ObjectNotUpdated, QueryError, StaleRowError } from '../errors.ts'
import { isDatabaseDefault } from '../fields/database-default.ts'
import { databaseToWrite } from '../routing/route.ts'
import { postSave, preSave } from '../signals/signals.ts'
import { type BlockFate, blockOf, isUndone } from '../transactions/atomic-block.ts'
import { loadDeferred } from './deferred.ts'
import { changedFields, type EncodedRow, encodeRow, hasSameKey, takeReturned } from './encode-row.ts'
import type { ModelMeta, RuntimeModel } from './model-meta.ts'
import { type Row, type RowState, stateOf } from './row.ts'
import { storeFiles } from './store-files.ts'
import { Unsaved } from './unsaved.ts'
import { insertByExpressions, updateByExpressions } from './write-expressions.ts'
import { type WritePlan, writePlan } from './write-plan.ts'

export interface SaveOptions {
  /** Inserts, or fails where the key is taken. */
  readonly forceInsert?: boolean
  /** Updates, or fails where there is no such row. */
  readonly forceUpdate?: boolean
  /** Writes these fields alone, of a row that is there; nothing where the list is empty. */
  readonly updateFields?: readonly string[] | undefined
  /** The alias of the database. */
  readonly using?: string | undefined
}

type Values = Record<string, unknown>

export function metaOf(row: object): ModelMeta {
  return (row.constructor as unknown as RuntimeModel).meta
}

/**
 * Inserts or updates a row. A row that came from the database is updated in the columns that changed, if any did. New files are
 * stored first; they go again where the row is not saved, or its transaction is rolled back. It answers without a promise where
 * the database does.
 */
export function saveRow(row: Row, options: SaveOptions = {}): MaybePromise<void> {
  const meta = metaOf(row)
  const { updateFields } = options
  if (options.forceInsert && (options.forceUpdate || updateFields)) {
    throw new QueryError(
      `save() of ${meta.name} cannot both insert and update: give forceInsert, or forceUpdate or updateFields.`,
    )
  }
  if (updateFields?.length === 0) return
  const db = options.using === undefined ? databaseToWrite(meta.model, row) : database(options.using)
  const write = meta.fileFields.length === 0 ? writeRow : writeWithFiles
  if (preSave.hasReceivers || postSave.hasReceivers) return saveAndTell(row, meta, db, write, options)
  const written = write(row, meta, db, options)
  return written instanceof Promise ? written.then(ignore) : undefined
}

function ignore(): void {}

/** Writes a row; tells whether it was inserted. */
type Write = (row: Row, meta: ModelMeta, db: Database, options: SaveOptions) => MaybePromise<boolean>

async function saveAndTell(row: Row, meta: ModelMeta, db: Database, write: Write, options: SaveOptions): Promise<void> {
  const event = {
    sender: meta.model,
    instance: row,
    raw: false,
    using: db.alias,
    updateFields: options.updateFields,
  }
  if (preSave.hears(meta.model)) await preSave.send(event)
  const created = await write(row, meta, db, options)
  if (postSave.hears(meta.model)) await postSave.send({ ...event, created })
}

async function writeWithFiles(row: Row, meta: ModelMeta, db: Database, options: SaveOptions): Promise<boolean> {
  const chosen = options.updateFields && chosenFields(meta, writePlan(meta, db.vendor), options.updateFields)
  const undo = await storeFiles(
    row,
    meta.fileFields.filter(
      (field) => Object.hasOwn(row, field.attribute) && (!chosen || chosen.includes(meta.fields.indexOf(field))),
    ),
  )
  try {
    const created = await writeRow(row, meta, db, options)
    blockOf(db)?.whenUndone(undo)
    return created
  } catch (error) {
    await undo()
    throw error
  }
}

function writeRow(row: Row, meta: ModelMeta, db: Database, options: SaveOptions): MaybePromise<boolean> {
  const plan = writePlan(meta, db.vendor)
  const own = stateOf(row)
  if (own.related !== undefined) takeKeys(row, plan)
  const values = row as unknown as Values
  const key = values[meta.pk.attribute]
  const hasKey = key !== null && key !== undefined && !isDatabaseDefault(key)
  // A row that a replica gave is the same row where routers write it.
  const isHere = own.alias === db.alias || options.using === undefined
  const known = own.stored && isHere && hasKey && options.forceInsert !== true
  if (own.partial && !known) return insertPartial(row, plan, db)
  const chosen = options.updateFields && chosenFields(meta, plan, options.updateFields)
  const updates = known || options.forceUpdate === true || chosen !== undefined
  if (!updates && (!hasKey || options.forceInsert || insertsKeys(plan))) return insertRow(row, plan, db)

  const encoded = encodeRow(values, plan, !known, chosen, own.partial)
  const written = chosen ?? (known ? changedOf(values, own, plan, encoded) : plan.updatable)
  // Nothing changed is nothing to write.
  if (written.length === 0 && known) return false
  const mustUpdate = options.forceUpdate === true || chosen !== undefined || own.partial
  const updated = updateRow(row, plan, encoded, written, db)
  if (updated instanceof Promise) return updated.then((is) => afterUpdate(row, plan, db, is, mustUpdate))
  return afterUpdate(row, plan, db, updated, mustUpdate)
}

/** A new row whose key makes itself, or that nobody else may have, is never looked for. */
function insertsKeys(plan: WritePlan): boolean {
  return plan.meta.pk.hasDefault || plan.versionAt >= 0
}

function afterUpdate(row: Row, plan: WritePlan, db: Database, updated: boolean, must: boolean): MaybePromise<boolean> {
  if (updated) return false
  if (must) throw notUpdated(row, plan.meta)
  return insertRow(row, plan, db)
}

function notUpdated(row: Row, meta: ModelMeta): Error {
  const { NotUpdated } = meta.model as unknown as { NotUpdated: new (message: string) => ObjectNotUpdated }
  const key = String((row as unknown as Values)[meta.pk.attribute])
  return new NotUpdated(`${meta.name} with key ${key} was to be updated, but the database has no such row.`)
}

/** A row that lacks columns is inserted whole. */
async function insertPartial(row: Row, plan: WritePlan, db: Database): Promise<boolean> {
  await loadDeferred([row])
  return insertRow(row, plan, db)
}

/** The fields to write of a row that the database holds; all of them where the key changed, since it is another row then. */
function changedOf(values: Values, own: RowState, plan: WritePlan, encoded: EncodedRow): readonly number[] {
  const { original, originalAt } = own
  if (!original || isUndone(own.heldSince) || !hasSameKey(plan, encoded, original, originalAt)) {
    return own.partial
      ? plan.updatable.filter((index) => Object.hasOwn(values, plan.fields[index]!.attribute))
      : plan.updatable
  }
  return changedFields(values, plan, encoded, original, originalAt)
}

/** Updates a row; tells whether there is one. */
function updateRow(
  row: Row,
  plan: WritePlan,
  encoded: EncodedRow,
  written: readonly number[],
  db: Database,
): MaybePromise<boolean> {
  if (written.length === 0 && plan.versionAt < 0) return true
  const { keysAt } = plan
  const parameters = new Array<SqlValue>(written.length + keysAt.length + (plan.versionAt < 0 ? 0 : 1))
  let isComputed = false
  for (let at = 0; at < written.length; at++) {
    const value = encoded[written[at]!]
    if (value === undefined) isComputed = true
    else parameters[at] = value
  }
  if (isComputed) {
    const updated = updateByExpressions(row as unknown as Values, plan, encoded, written, db)
    return updated.then((is) => updatedRow(row, plan, encoded, is, db))
  }
  for (let at = 0; at < keysAt.length; at++) parameters[written.length + at] = encoded[keysAt[at]!]!
  if (plan.versionAt >= 0) parameters[written.length + keysAt.length] = encoded[plan.versionAt]!
  const statement = plan.update(written)
  if (statement.returning.length > 0) {
    return after(db.returning(statement, parameters), ([raw]) => {
      if (raw) takeReturned(row as unknown as Values, plan, encoded, statement, raw)
      return updatedRow(row, plan, encoded, raw !== undefined, db)
    })
  }
  return after(db.run(statement, parameters), ({ changes }) => updatedRow(row, plan, encoded, changes > 0, db))
}

/** Goes on at once where the database has answered already. */
function after<T, R>(answer: MaybePromise<T>, next: (answer: T) => R): MaybePromise<R> {
  return answer instanceof Promise ? answer.then(next) : next(answer)
}

function updatedRow(row: Row, plan: WritePlan, encoded: EncodedRow, updated: boolean, db: Database): boolean {
  if (plan.versionAt >= 0) countVersion(row, plan, encoded, updated, db)
  if (updated) remember(row, db, merged(stateOf(row), encoded))
  return updated
}

function countVersion(row: Row, plan: WritePlan, encoded: EncodedRow, updated: boolean, db: Database): void {
  const { meta } = plan
  const { attribute } = plan.fields[plan.versionAt]!
  const values = row as unknown as Values
  const before = values[attribute] as number
  if (!updated) {
    throw new StaleRowError(
      `${meta.name} with key ${String(values[meta.pk.attribute])} has changed or is gone since version ${before} of it was read. ` +
        'Read it again, and decide what of both changes is to stay.',
      row,
    )
  }
  values[attribute] = before + 1
  encoded[plan.versionAt] = before + 1
  blockOf(db)?.whenUndone(async () => {
    if (values[attribute] === before + 1) values[attribute] = before
  })
}

function insertRow(row: Row, plan: WritePlan, db: Database): MaybePromise<boolean> {
  const values = row as unknown as Values
  const encoded = encodeRow(values, plan, true, undefined, false)
  const missing = plan.missingIn(values)
  const statement = plan.insert(missing)
  for (let at = 0; at < missing.length; at++) encoded[missing[at]!] = undefined
  const parameters: SqlValue[] = []
  for (let index = 0; index < encoded.length; index++) {
    const value = encoded[index]
    if (value !== undefined) parameters.push(value)
  }
  if (parameters.length < statement.parameters) {
    return insertByExpressions(values, plan, encoded, missing, db).then(() => {
      remember(row, db, encoded as RawRow)
      return true
    })
  }
  if (statement.returning.length > 0) {
    return after(db.returning(statement, parameters), ([raw]) => {
      takeReturned(values, plan, encoded, statement, raw!)
      remember(row, db, encoded as RawRow)
      return true
    })
  }
  return after(db.run(statement, parameters), ({ lastInsertId }) => {
    if (missing.length > 0) {
      const key = Number(lastInsertId)
      encoded[plan.keyAt] = key
      values[plan.meta.pk.attribute] = key
    }
    remember(row, db, encoded as RawRow)
    return true
  })
}

export function remember(row: Row, db: Database, held: RawRow | undefined): void {
  rememberIn(row, db.alias, blockOf(db)?.fate, held)
}

/** `remember`, where it is known what the row's transaction will say of itself. */
export function rememberIn(row: Row, alias: string, fate: BlockFate | undefined, held: RawRow | undefined): void {
  const own = stateOf(row)
  own.alias = alias
  own.stored = true
  own.original = held
  own.originalAt = 0
  own.heldSince = fate
}

/** What the database holds after some columns were written: of the others, what was read; unknown where nothing was. */
function merged(own: RowState, encoded: EncodedRow): RawRow | undefined {
  const { original, originalAt } = own
  if (!encoded.includes(undefined)) return encoded as RawRow
  if (!original || isUndone(own.heldSince)) return undefined
  return Array.from(encoded, (value, index) => (value === undefined ? original[originalAt + index] : value))
}

function chosenFields(meta: ModelMeta, plan: WritePlan, names: readonly string[]): number[] {
  const chosen = names.map((name) => {
    const index = plan.fields.indexOf(meta.field(name)!)
    if (plan.updatable.includes(index)) return index
    throw new QueryError(`save({ updateFields }) of ${meta.name} cannot write '${name}': it is no column, or the key.`)
  })
  return [...new Set(chosen)].sort((a, b) => a - b)
}

/** A row that was assigned before it was saved has a key by now. */
export function takeKeys(row: Row, plan: WritePlan): void {
  const related = stateOf(row).related!
  for (const field of plan.foreignKeys) {
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
