import type { Database, SqlValue } from '../backends/database.ts'
import { placeholder } from '../backends/operations.ts'
import { QueryError, StaleRowError } from '../errors.ts'
import type { Field } from '../fields/field.ts'
import { blockOf } from '../transactions/atomic-block.ts'
import { inBatches } from './batches.ts'
import type { ModelMeta } from './model-meta.ts'
import { nextTurn } from './peers.ts'
import { type Row, stateOf } from './row.ts'
import { takeKeys } from './save-row.ts'
import { storeFiles } from './store-files.ts'
import { hasExpressions, updateByExpressions } from './write-expressions.ts'
import { type RowStatement, type WritePlan, writePlan } from './write-plan.ts'

type Values = Record<string, unknown>

const valuesOf = (row: Row): Values => row as unknown as Values

/** Updates these columns of rows, each to its own value, in as few statements as there can be; returns how many rows there were. */
export async function bulkUpdate(
  meta: ModelMeta,
  rows: readonly Row[],
  names: readonly string[],
  db: Database,
  options: { readonly batchSize?: number } = {},
): Promise<number> {
  const plan = writePlan(meta, db.vendor)
  const written = fieldsOf(plan, names)
  const { batchSize } = options
  if (batchSize !== undefined && !(Number.isSafeInteger(batchSize) && batchSize > 0)) {
    throw new QueryError(`bulkUpdate({ batchSize }) takes a whole number from 1 up, got ${batchSize}.`)
  }
  const unique = [...new Map(rows.map((row) => [keyOf(row, plan), row])).values()]
  if (unique.length === 0) return 0
  const files = meta.fileFields.filter((field) => written.includes(meta.fields.indexOf(field)))
  for (const row of files.length > 0 ? unique : []) {
    const undo = await storeFiles(row, files)
    blockOf(db)?.whenUndone(undo)
  }
  return db.atomic(() => updateAll(plan, unique, written, db, batchSize), { savepoint: false })
}

function fieldsOf(plan: WritePlan, names: readonly string[]): number[] {
  const { meta } = plan
  if (names.length === 0) throw new QueryError(`bulkUpdate() of ${meta.name} needs the names of the fields to write.`)
  const indexes = names.map((name) => {
    const index = plan.fields.indexOf(meta.field(name)!)
    if (plan.updatable.includes(index)) return index
    throw new QueryError(`bulkUpdate() of ${meta.name} cannot write '${name}': it is no column, or the key.`)
  })
  return [...new Set(indexes)].sort((a, b) => a - b)
}

function keyOf(row: Row, plan: WritePlan): unknown {
  const key = valuesOf(row)[plan.meta.pk.attribute]
  if (key !== null && key !== undefined) return key
  throw new QueryError(`bulkUpdate() takes rows of ${plan.meta.name} that were saved; one has no key.`)
}

async function updateAll(
  plan: WritePlan,
  rows: readonly Row[],
  written: readonly number[],
  db: Database,
  batchSize: number | undefined,
): Promise<number> {
  const parametersPerRow = written.length + plan.keysAt.length + (plan.versionAt < 0 ? 0 : 1)
  const limits = { parametersPerRow, batchSize }
  const fields = written.map((index) => plan.fields[index]!)
  const plain = rows.filter((row) => !hasExpressions(valuesOf(row), fields))
  let count = plain.length < rows.length ? await updateComputed(plan, rows, written, db) : 0
  let sinceTurn = 0
  for (const batch of inBatches(plain, limits)) {
    count += await updateBatch(plan, batch, written, db)
    sinceTurn += batch.length
    if (sinceTurn > 10_000) {
      sinceTurn = 0
      await nextTurn()
    }
  }
  return count
}

/** Rows with values that the database is to compute are updated one by one. */
async function updateComputed(
  plan: WritePlan,
  rows: readonly Row[],
  written: readonly number[],
  db: Database,
): Promise<number> {
  const fields = written.map((index) => plan.fields[index]!)
  let count = 0
  for (const row of rows) {
    const values = valuesOf(row)
    if (!hasExpressions(values, fields)) continue
    const own = stateOf(row)
    const encoded = new Array<SqlValue | undefined>(plan.fields.length)
    const updated = await updateByExpressions(values, plan, encoded, written, db)
    if (updated) count++
    if (plan.versionAt >= 0) countVersions(plan, [row], updated ? 1 : 0, db)
    // What the columns hold by now is for the next save to compare with; it writes them all where that is not known.
    own.original = undefined
  }
  return count
}

async function updateBatch(
  plan: WritePlan,
  rows: readonly Row[],
  written: readonly number[],
  db: Database,
): Promise<number> {
  const given = givenColumns(plan, written)
  const parameters: SqlValue[] = []
  for (const row of rows) {
    if (stateOf(row).related !== undefined) takeKeys(row, plan)
    for (const field of given) parameters.push(field.toSql(valuesOf(row)[field.attribute]))
  }
  const { changes } = await db.run(updateManyStatement(plan, rows.length, written), parameters)
  if (plan.versionAt >= 0) countVersions(plan, rows, changes, db)
  rememberWritten(plan, rows, written, parameters, given.length, db)
  return changes
}

/** The key, what is written, and the version where there is one: the columns of the table of new values. */
function givenColumns(plan: WritePlan, written: readonly number[]): Field[] {
  const version = plan.fields[plan.versionAt]
  return [...plan.meta.keyFields, ...written.map((index) => plan.fields[index]!), ...(version ? [version] : [])]
}

/** A join with a table of the new values: quicker than CASE, whose text and time grow with the square of the rows. */
function updateManyStatement(plan: WritePlan, rows: number, written: readonly number[]): RowStatement {
  return plan.bulk(`update ${rows} ${written.join()}`, ({ quote, typed, vendor }) => {
    const given = givenColumns(plan, written)
    // Of a list its kind does not tell what it holds, and in a table of values nothing beside it does.
    const bound = (field: Field): string =>
      field.kind === 'array' ? `${placeholder}::${field.columnType(vendor)}` : typed(field.kind, placeholder)
    const one = `(${given.map(bound).join(', ')})`
    const value = (at: number): string => `given.column${at + 1}`
    const table = quote(plan.meta.table)
    const set = written.map((index, at) => `${quote(plan.fields[index]!.column)} = ${value(at + plan.keysAt.length)}`)
    const where = plan.meta.keyFields.map(({ column }, at) => `${table}.${quote(column)} = ${value(at)}`)
    const version = plan.fields[plan.versionAt]
    if (version) {
      set.push(`${quote(version.column)} = ${table}.${quote(version.column)} + 1`)
      where.push(`${table}.${quote(version.column)} = ${value(given.length - 1)}`)
    }
    const values = new Array(rows).fill(one).join(', ')
    return `UPDATE ${table} SET ${set.join(', ')} FROM (VALUES ${values}) AS given WHERE ${where.join(' AND ')}`
  })
}

function countVersions(plan: WritePlan, rows: readonly Row[], changes: number, db: Database): void {
  if (changes < rows.length) {
    throw new StaleRowError(
      `${rows.length - changes} of ${rows.length} rows of ${plan.meta.name} have changed or are gone since they were read, so that bulkUpdate() wrote none. Read them again.`,
      rows[0]!,
    )
  }
  const { attribute } = plan.fields[plan.versionAt]!
  for (const row of rows) {
    const values = valuesOf(row)
    const before = values[attribute] as number
    values[attribute] = before + 1
    blockOf(db)?.whenUndone(async () => {
      if (values[attribute] === before + 1) values[attribute] = before
    })
  }
}

/** What the database holds by now, so that `save` writes no column again. */
function rememberWritten(
  plan: WritePlan,
  rows: readonly Row[],
  written: readonly number[],
  parameters: readonly SqlValue[],
  width: number,
  db: Database,
): void {
  for (const [at, row] of rows.entries()) {
    const own = stateOf(row)
    if (!own.original || own.alias !== db.alias) continue
    const held = own.original.slice(own.originalAt, own.originalAt + plan.fields.length)
    for (const [column, index] of written.entries()) held[index] = parameters[at * width + plan.keysAt.length + column]
    const version = plan.fields[plan.versionAt]
    if (version) held[plan.versionAt] = valuesOf(row)[version.attribute]
    own.original = held
    own.originalAt = 0
    own.heldSince = blockOf(db)?.fate
  }
}
