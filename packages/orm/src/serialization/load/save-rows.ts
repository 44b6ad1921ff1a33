import type { Database, SqlValue } from '../../backends/database.ts'
import type { OnConflict } from '../../backends/operations.ts'
import { FieldValueError } from '../../errors.ts'
import { isDatabaseDefault } from '../../fields/database-default.ts'
import type { Field } from '../../fields/field.ts'
import { FileField } from '../../fields/files/file-field.ts'
import { inBatches } from '../../models/batches.ts'
import { type EncodedRow, takeReturned } from '../../models/encode-row.ts'
import type { ModelMeta } from '../../models/model-meta.ts'
import type { Row } from '../../models/row.ts'
import { remember } from '../../models/save-row.ts'
import { type WritePlan, writePlan } from '../../models/write-plan.ts'
import { continueNumbers } from './continue-numbers.ts'

type Values = Record<string, unknown>

/**
 * Writes rows as they are: no field sets itself, versions are not counted, and a row whose key is taken is that row from now on. Of
 * rows with the same key there may be no two. Throws `FieldValueError` and what the database throws.
 */
export async function saveRows(meta: ModelMeta, rows: readonly Row[], db: Database): Promise<void> {
  const plan = writePlan(meta, db.vendor)
  for (const { missing, group } of groups(plan, rows)) {
    const hasKey = plan.keyAt < 0 || !missing.includes(plan.keyAt)
    // Keys that were written before are not given again.
    if (!hasKey) await continueNumbers([meta], db)
    const conflict = hasKey ? overwrite(plan) : undefined
    for (const batch of inBatches(group, { parametersPerRow: plan.fields.length })) {
      await saveBatch(plan, batch, missing, conflict, db)
    }
  }
}

/** Rows that lack the same: the key, or what the database has a default for. */
function groups(plan: WritePlan, rows: readonly Row[]) {
  const found = new Map<string, { readonly missing: readonly number[]; readonly group: Row[] }>()
  for (const row of rows) {
    const missing = plan.missingIn(row as unknown as Values)
    const text = missing.join()
    const known = found.get(text)
    if (known) known.group.push(row)
    else found.set(text, { missing, group: [row] })
  }
  // Those with keys come first.
  return [...found.values()].sort((one, other) => one.missing.length - other.missing.length)
}

function overwrite(plan: WritePlan): OnConflict {
  const written = plan.fields.filter((field, at) => !plan.keysAt.includes(at) && !field.generated)
  if (written.length === 0) return { action: 'ignore' }
  return {
    action: 'update',
    unique: plan.meta.keyFields.map(({ column }) => column),
    columns: written.map(({ column }) => column),
  }
}

async function saveBatch(
  plan: WritePlan,
  rows: readonly Row[],
  missing: readonly number[],
  conflict: OnConflict | undefined,
  db: Database,
): Promise<void> {
  const parameters: SqlValue[] = []
  const encoded: EncodedRow[] = []
  for (const row of rows) {
    const values = plan.fields.map((field, at) =>
      field.generated || missing.includes(at) ? undefined : encode(field, (row as unknown as Values)[field.attribute]),
    )
    for (const value of values) if (value !== undefined) parameters.push(value)
    encoded.push(values)
  }
  const statement = plan.insertMany(rows.length, missing, conflict)
  const returned = statement.returning.length > 0 ? await db.returning(statement, parameters) : []
  if (statement.returning.length === 0) await db.run(statement, parameters)
  for (const [at, row] of rows.entries()) {
    const raw = returned[at]
    if (raw) takeReturned(row as unknown as Values, plan, encoded[at]!, statement, raw)
    remember(row, db, undefined)
  }
}

function encode(field: Field, value: unknown): SqlValue | undefined {
  if (isDatabaseDefault(value)) return undefined
  if (value === undefined) throw new FieldValueError(field.name, 'a value', value)
  if (value !== null || field.null || field instanceof FileField) return field.toSql(value)
  // A document may be JSON's own null, which a column that holds no NULL can have.
  if (field.kind === 'json') return 'null'
  throw new FieldValueError(field.name, 'a value, since it may not be null', null)
}
