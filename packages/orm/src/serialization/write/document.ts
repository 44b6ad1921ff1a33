import type { SqlValue } from '../../backends/database.ts'
import type { Field } from '../../fields/field.ts'
import { type Row, stateOf } from '../../models/row.ts'
import { parseExact } from '../exact-json.ts'

const longNumber = /\d{16}|\d[eE]/

/**
 * The document of a row, with the numbers that it has in the database: those of more digits than a JavaScript number has are read
 * from what the database gave, unless the document was changed since.
 */
export function documentOf(row: Row, field: Field, value: unknown): unknown {
  const { original, originalAt } = stateOf(row)
  if (value === null || original === undefined) return value
  const { fields } = (row.constructor as unknown as { readonly meta: { readonly fields: readonly Field[] } }).meta
  const stored = original[originalAt + fields.indexOf(field)] as SqlValue | undefined
  if (typeof stored !== 'string' || !longNumber.test(stored)) return value
  return field.toSql(JSON.parse(stored)) === field.toSql(value) ? parseExact(stored) : value
}
