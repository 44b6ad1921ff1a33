import type { Database, RawRow, SqlValue } from '../backends/database.ts'
import type { OnConflict } from '../backends/operations.ts'
import { QueryError } from '../errors.ts'
import type { Field } from '../fields/field.ts'
import { refuseUnknownOptions } from '../refuse-unknown-options.ts'
import { blockOf } from '../transactions/atomic-block.ts'
import { inBatches } from './batches.ts'
import { type EncodedRow, encodeRow, takeReturned } from './encode-row.ts'
import type { ModelMeta } from './model-meta.ts'
import { nextTurn } from './peers.ts'
import { type Row, stateOf } from './row.ts'
import { remember, rememberIn, takeKeys } from './save-row.ts'
import { storeFiles, type UndoFiles } from './store-files.ts'
import { hasExpressions, insertByExpressions } from './write-expressions.ts'
import { type WritePlan, writePlan } from './write-plan.ts'

/** What `bulkCreate` may be told; names are those of fields. */
export interface BulkCreateOptions<Name extends string = string> {
  /** Rows in a statement at most. */
  readonly batchSize?: number
  /** Leaves out rows that break a unique constraint. The others get no keys on their instances, since the database does not tell whose they are. */
  readonly ignoreConflicts?: boolean
  /** Updates the rows that are there already, in `updateFields`, where `uniqueFields` are equal. */
  readonly updateConflicts?: boolean
  readonly updateFields?: readonly Name[]
  readonly uniqueFields?: readonly Name[]
}

const bulkCreateOptions = ['batchSize', 'ignoreConflicts', 'updateConflicts', 'updateFields', 'uniqueFields']

type Values = Record<string, unknown>

const valuesOf = (row: Row): Values => row as unknown as Values

/** Inserts rows in as few statements as there can be. Signals are not sent. */
export async function bulkCreate(
  meta: ModelMeta,
  rows: readonly Row[],
  db: Database,
  options: BulkCreateOptions = {},
): Promise<void> {
  const plan = writePlan(meta, db.vendor)
  refuseUnknownOptions('bulkCreate()', options, bulkCreateOptions)
  const conflict = readConflict(plan, options)
  if (options.batchSize !== undefined && !(Number.isSafeInteger(options.batchSize) && options.batchSize > 0)) {
    throw new QueryError(`bulkCreate({ batchSize }) takes a whole number from 1 up, got ${options.batchSize}.`)
  }
  if (rows.length === 0) return
  const undo = meta.fileFields.length > 0 ? await storeAllFiles(rows, meta) : undefined
  try {
    await db.atomic(() => insertAll(plan, rows, db, conflict, options), { savepoint: false })
  } catch (error) {
    await undo?.()
    throw error
  }
  if (undo) blockOf(db)?.whenUndone(undo)
}

async function storeAllFiles(rows: readonly Row[], meta: ModelMeta): Promise<UndoFiles> {
  const undoings: UndoFiles[] = []
  const undo = async (): Promise<void> => {
    for (const each of undoings) await each()
  }
  try {
    for (const row of rows) undoings.push(await storeFiles(row, meta.fileFields))
  } catch (error) {
    await undo()
    throw error
  }
  return undo
}

async function insertAll(
  plan: WritePlan,
  rows: readonly Row[],
  db: Database,
  conflict: OnConflict | undefined,
  options: BulkCreateOptions,
): Promise<void> {
  const limits = {
    parametersPerRow: plan.fields.length,
    batchSize: options.batchSize,
  }
  let count = 0
  const plain = rows.filter((row) => !hasExpressions(valuesOf(row), plan.fields))
  if (plain.length < rows.length) await insertComputed(plan, rows, db, conflict)
  for (const { missing, group } of groups(plan, plain)) {
    const keysAreTold =
      conflict === undefined && plan.lacksKeyAlone(missing) && (db.numbersInTurn?.(plan.meta.table) ?? false)
    for (const batch of inBatches(group, limits)) {
      await insertBatch(plan, batch, missing, db, conflict, keysAreTold)
      count += batch.length
      // SQLite answers at once, so that a long list would leave the event loop no turn.
      if (count > 10_000) {
        count = 0
        await nextTurn()
      }
    }
  }
}

/** Rows with values that the database is to compute are inserted one by one. */
async function insertComputed(
  plan: WritePlan,
  rows: readonly Row[],
  db: Database,
  conflict: OnConflict | undefined,
): Promise<void> {
  if (conflict) {
    throw new QueryError(`bulkCreate() of ${plan.meta.name} takes expressions only where conflicts are errors.`)
  }
  for (const row of rows) {
    if (!hasExpressions(valuesOf(row), plan.fields)) continue
    if (stateOf(row).related !== undefined) takeKeys(row, plan)
    const encoded = encodeRow(valuesOf(row), plan, true, undefined, false)
    await insertByExpressions(valuesOf(row), plan, encoded, plan.missingIn(valuesOf(row)), db)
    remember(row, db, encoded as RawRow)
  }
}

/** Rows by what they lack: those with their keys come first. */
function groups(plan: WritePlan, rows: readonly Row[]): { missing: readonly number[]; group: readonly Row[] }[] {
  const found = new Map<string, { missing: readonly number[]; group: Row[] }>()
  let last: { missing: readonly number[]; group: Row[] } | undefined
  for (const row of rows) {
    const missing = plan.missingIn(valuesOf(row))
    if (last === undefined || last.missing !== missing) {
      const text = missing.join()
      last = found.get(text) ?? { missing, group: [] }
      found.set(text, last)
    }
    last.group.push(row)
  }
  return [...found.values()].sort((a, b) => a.missing.length - b.missing.length)
}

async function insertBatch(
  plan: WritePlan,
  rows: readonly Row[],
  missing: readonly number[],
  db: Database,
  conflict: OnConflict | undefined,
  keysAreTold: boolean,
): Promise<void> {
  const { keyAt } = plan
  const { encoded, parameters } = encodeBatch(plan, rows, missing)
  const statement = plan.insertMany(rows.length, missing, conflict, keysAreTold)
  const fate = blockOf(db)?.fate
  // Of a row that was there before, the database may hold other values than the instance.
  const taken = (at: number): void =>
    rememberIn(rows[at]!, db.alias, fate, conflict ? undefined : (encoded[at] as RawRow))
  if (statement.returning.length === 0) {
    const { lastInsertId } = await db.run(statement, parameters)
    // Which rows were left out is not told, so that none without a key is known to be there.
    if (conflict && missing.includes(keyAt)) return
    const first = Number(lastInsertId) - rows.length + 1
    for (let at = 0; at < rows.length; at++) {
      if (keysAreTold) valuesOf(rows[at]!)[plan.meta.pk.attribute] = encoded[at]![keyAt] = first + at
      taken(at)
    }
    return
  }
  const returned = await db.returning(statement, parameters)
  for (let at = 0; at < rows.length; at++) {
    takeReturned(valuesOf(rows[at]!), plan, encoded[at]!, statement, returned[at]!)
    taken(at)
  }
}

function encodeBatch(
  plan: WritePlan,
  rows: readonly Row[],
  missing: readonly number[],
): { encoded: EncodedRow[]; parameters: SqlValue[] } {
  const parameters: SqlValue[] = []
  const encoded: EncodedRow[] = []
  const written = [...plan.fields.keys()].filter((index) => !missing.includes(index))
  for (const row of rows) {
    if (stateOf(row).related !== undefined) takeKeys(row, plan)
    const values = encodeRow(valuesOf(row), plan, true, undefined, false)
    for (let at = 0; at < written.length; at++) {
      const value = values[written[at]!]
      if (value !== undefined) parameters.push(value)
    }
    encoded.push(values)
  }
  return { encoded, parameters }
}

function readConflict(plan: WritePlan, options: BulkCreateOptions): OnConflict | undefined {
  const { ignoreConflicts, updateConflicts, updateFields = [], uniqueFields = [] } = options
  const { name } = plan.meta
  if (ignoreConflicts && updateConflicts) {
    throw new QueryError(`bulkCreate() of ${name} can ignore conflicts or update them, not both.`)
  }
  if (ignoreConflicts) return { action: 'ignore' }
  if (!updateConflicts) return undefined
  if (updateFields.length === 0 || uniqueFields.length === 0) {
    throw new QueryError(
      `bulkCreate({ updateConflicts: true }) of ${name} needs updateFields, which to set, and uniqueFields, by which a row is there already.`,
    )
  }
  const field = (given: string): Field => {
    const found = plan.meta.field(given)
    if (found) return found
    throw new QueryError(`bulkCreate() of ${name} cannot write '${given}' where rows conflict: it is no column.`)
  }
  const set = updateFields.map(field)
  if (set.some((each) => each.primaryKey)) {
    throw new QueryError(`bulkCreate({ updateFields }) of ${name} cannot set the primary key.`)
  }
  return {
    action: 'update',
    unique: uniqueFields.map((given) => field(given).column),
    columns: set.map((each) => each.column),
  }
}
