import { database } from '../backends/registry.ts'
import type { Field } from '../fields/field.ts'
import type { ModelMeta } from '../models/model-meta.ts'
import { type Row, stateOf } from '../models/row.ts'
import { metaOf } from '../models/save-row.ts'
import { withColumn, withFilter } from '../query/build-query.ts'
import { type Query, rootQuery } from '../query/query.ts'
import { anyRow } from '../query/select.ts'
import { cleanField } from './clean-field.ts'
import { nonFieldErrors, ValidationError, type ValidationMessage } from './validation-error.ts'

export interface FullCleanOptions {
  /** Fields to pass over, with the constraints they are part of. */
  readonly exclude?: readonly string[]
  /** `false` asks the database nothing: neither uniqueness nor whether related rows exist. */
  readonly validateUnique?: boolean
}

const listed = new Intl.ListFormat('en-GB')

type Values = Record<string, unknown>
type Errors = Record<string, ValidationMessage[]>

/** Checks a row: its fields, its own `clean`, and what must be unique. Throws `ValidationError` with all that is wrong. */
export async function fullClean(
  row: Row & { clean(): void | Promise<void> },
  options: FullCleanOptions = {},
): Promise<void> {
  const meta = metaOf(row)
  const exclude = new Set(options.exclude ?? [])
  const errors: Errors = {}
  cleanFields(row, meta, exclude, errors)
  await collect(errors, () => row.clean())
  if (options.validateUnique ?? true) {
    for (const name of Object.keys(errors)) exclude.add(name)
    await checkKeys(row, meta, exclude, errors)
    await checkUnique(row, meta, exclude, errors)
  }
  if (Object.keys(errors).length > 0) throw new ValidationError(errors)
}

async function collect(errors: Errors, check: () => unknown): Promise<void> {
  try {
    await check()
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error
    for (const [name, messages] of Object.entries(error.errors)) {
      errors[name] = [...(errors[name] ?? []), ...messages]
    }
  }
}

function isChecked(field: Field, value: unknown): boolean {
  return field.editable && !(field.primaryKey && value === null)
}

function cleanFields(row: Row, meta: ModelMeta, exclude: ReadonlySet<string>, errors: Errors): void {
  const values = row as unknown as Values
  for (const field of meta.fields) {
    const raw = values[field.attribute]
    if (exclude.has(field.name) || !isChecked(field, raw)) continue
    try {
      values[field.attribute] = cleanField(field, raw)
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error
      for (const [name, messages] of Object.entries(error.errors)) errors[name] = [...messages]
    }
  }
}

/** Whether the rows that keys name are there. */
async function checkKeys(row: Row, meta: ModelMeta, exclude: ReadonlySet<string>, errors: Errors): Promise<void> {
  for (const field of meta.foreignKeys) {
    const key = (row as unknown as Values)[field.attribute]
    if (exclude.has(field.name) || key === null || key === undefined) continue
    const path = { steps: [], field: field.target.pk, relation: undefined }
    if (await has(row, withColumn(rootQuery(field.target.model), path, [key]))) continue
    errors[field.name] = [{ code: 'invalid', message: `There is no ${field.target.verboseName} ${String(key)}.` }]
  }
}

async function checkUnique(row: Row, meta: ModelMeta, exclude: ReadonlySet<string>, errors: Errors): Promise<void> {
  const singles = meta.fields
    .filter((field) => field.unique && (!field.primaryKey || !stateOf(row).stored))
    .map((field) => [field])
  const sets = meta.constraints.map(({ fields }) => fields.map((name) => meta.field(name)!))
  for (const fields of [...singles, ...sets]) {
    if (fields.some((field) => exclude.has(field.name)) || !(await isTaken(row, meta, fields))) continue
    const [first] = fields as [Field]
    const names = listed.format(fields.map((field) => field.verboseName))
    const message = `There is already a ${meta.verboseName} with this ${names}.`
    const single = fields.length === 1
    const place = single ? first.name : nonFieldErrors
    errors[place] = [...(errors[place] ?? []), { code: single ? 'unique' : 'unique_together', message }]
  }
}

/** Whether another row has the same values. NULL is like no other. */
async function isTaken(row: Row, meta: ModelMeta, fields: readonly Field[]): Promise<boolean> {
  const values = row as unknown as Values
  let query = rootQuery(meta.model)
  for (const field of fields) {
    const value = values[field.attribute]
    if (value === null || value === undefined) return false
    query = withColumn(query, { steps: [], field, relation: undefined }, [value])
  }
  const key = values[meta.pk.attribute]
  if (stateOf(row).stored && key !== null) query = withFilter(query, [{ pk: key }], true)
  return has(row, query)
}

function has(row: Row, query: Query): Promise<boolean> {
  return anyRow(query, database(stateOf(row).alias))
}
