import { gettext } from '@nuages/i18n'
import { database } from '../backends/registry.ts'
import { isDatabaseDefault } from '../fields/database-default.ts'
import type { Field } from '../fields/field.ts'
import { type Row, stateOf } from '../models/row.ts'
import { metaOf } from '../models/save-row.ts'
import { withColumn, withFilter } from '../query/build/build-query.ts'
import { anyRow } from '../query/execute/select.ts'
import { type Query, rootQuery } from '../query/query.ts'
import { limitOf } from '../relations/limit-choices.ts'
import { inOwnWords } from './clean-field.ts'
import { addMessage, type Errors, throwAny } from './collect-errors.ts'
import { others } from './others.ts'
import { checkUniqueForDates } from './unique-for-date.ts'
import { nonFieldErrors } from './validation-error.ts'

type Values = Record<string, unknown>

/** Checks that no other row has the values that must be unique, field by field. Throws `ValidationError`. */
export async function validateUnique(row: Row, exclude: readonly string[] = []): Promise<void> {
  const errors: Errors = {}
  await checkUnique(errors, row, new Set(exclude))
  throwAny(errors)
}

/** Whether the rows that keys name are there. */
export async function checkKeys(errors: Errors, row: Row, exclude: ReadonlySet<string>): Promise<void> {
  for (const field of metaOf(row).foreignKeys) {
    const key = (row as unknown as Values)[field.attribute]
    if (exclude.has(field.name) || key === null || key === undefined) continue
    const path = { steps: [], field: field.target.pk, relation: undefined }
    const found = withColumn(rootQuery(field.target.model), path, [key])
    const limit = limitOf(field)
    if (await has(row, limit ? withFilter(found, [limit], false) : found)) continue
    errors[field.name] = [
      {
        code: 'invalid',
        message: gettext('There is no {model} {key}.', { model: field.target.verboseName, key: String(key) }),
      },
    ]
  }
}

export async function checkUnique(errors: Errors, row: Row, exclude: ReadonlySet<string>): Promise<void> {
  const meta = metaOf(row)
  for (const field of meta.fields) {
    if (!field.unique || exclude.has(field.name) || (field.primaryKey && stateOf(row).stored)) continue
    if (!(await isTaken(row, [field]))) continue
    const message = gettext('There is already a {model} with this {field}.', {
      model: meta.verboseName,
      field: field.verboseName,
    })
    addMessage(errors, field.name, inOwnWords(field, { code: 'unique', message }))
  }
  if (meta.keyFields.length > 1 && !stateOf(row).stored && !meta.keyFields.some(({ name }) => exclude.has(name))) {
    if (await isTaken(row, meta.keyFields)) {
      const names = meta.keyFields.map(({ verboseName }) => verboseName).join(', ')
      const message = gettext('There is already a {model} with this {field}.', {
        model: meta.verboseName,
        field: names,
      })
      addMessage(errors, nonFieldErrors, { code: 'unique_together', message })
    }
  }
  await checkUniqueForDates(errors, row, exclude)
}

/** Whether another row has the same values. NULL is like no other. */
export async function isTaken(row: Row, fields: readonly Field[]): Promise<boolean> {
  const values = row as unknown as Values
  const meta = metaOf(row)
  let query = rootQuery(meta.model)
  for (const field of fields) {
    const value = values[field.attribute]
    if (value === null || value === undefined || isDatabaseDefault(value)) return false
    query = withColumn(query, { steps: [], field, relation: undefined }, [value])
  }
  return has(row, others(row, meta, query))
}

function has(row: Row, query: Query): Promise<boolean> {
  return anyRow(query, database(stateOf(row).alias))
}
