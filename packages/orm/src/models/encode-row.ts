import type { RawRow, SqlValue } from '../backends/database.ts'
import { FieldValueError } from '../errors.ts'
import { isDatabaseDefault } from '../fields/database-default.ts'
import type { Field } from '../fields/field.ts'
import { columnDecoder } from '../query/execute/row-reader.ts'
import { Expression } from '../query/expressions/expression.ts'
import type { RowStatement, WritePlan } from './write-plan.ts'

type Values = Record<string, unknown>

/**
 * A row as the database takes it, in the order of the fields; `undefined` stands for what is not written, or what the database
 * computes.
 */
export type EncodedRow = (SqlValue | undefined)[]

/** The values of a row as the database takes them. Those that set themselves are set. */
export function encodeRow(
  values: Values,
  plan: WritePlan,
  adds: boolean,
  chosen: readonly number[] | undefined,
  isPartial: boolean,
): EncodedRow {
  const { fields, keysAt, versionAt } = plan
  const encoded = new Array<SqlValue | undefined>(fields.length)
  for (let index = 0; index < fields.length; index++) {
    const field = fields[index]!
    // What is not written needs no form: a file may not be stored yet.
    if (chosen !== undefined && !keysAt.includes(index) && index !== versionAt && !chosen.includes(index)) continue
    if (isPartial && !Object.hasOwn(values, field.attribute)) continue
    if (!field.generated) encoded[index] = encodeField(values, field, adds)
  }
  return encoded
}

function encodeField(values: Values, field: Field, adds: boolean): SqlValue | undefined {
  const { attribute } = field
  const current = values[attribute]
  const value = field.valueForSave(current, adds)
  if (value !== current) values[attribute] = value
  if (isDatabaseDefault(value) || (typeof value === 'object' && value instanceof Expression)) return undefined
  if (value !== undefined) return field.toSql(value)
  if (field.primaryKey) return null
  throw new FieldValueError(field.name, 'a value', value)
}

/** Which fields of a row have other values than the database holds, the key and the version aside. */
export function changedFields(
  values: Values,
  plan: WritePlan,
  encoded: EncodedRow,
  held: RawRow,
  start: number,
): readonly number[] {
  const { updatable, fields } = plan
  let changed: number[] | undefined
  for (let at = 0; at < updatable.length; at++) {
    const index = updatable[at]!
    const after = encoded[index]
    if (
      after === undefined ? !isComputedIn(values, fields[index]!) : isSame(fields[index]!, held[start + index], after)
    )
      continue
    changed ??= []
    changed.push(index)
  }
  return changed ?? none
}

const none: readonly number[] = []

/** Of a field that is not encoded: whether the database is to compute it, rather than that it is missing. */
function isComputedIn(values: Values, field: Field): boolean {
  if (field.generated || !Object.hasOwn(values, field.attribute)) return false
  const value = values[field.attribute]
  return value instanceof Expression || isDatabaseDefault(value)
}

/** Whether a column holds the key that the row has. */
export function hasSameKey(plan: WritePlan, encoded: EncodedRow, held: RawRow, start: number): boolean {
  return plan.keysAt.every((at) => isSame(plan.fields[at]!, held[start + at], encoded[at]!))
}

/** A driver may give a value in another form than it takes: 1n for 1, `true` for 1, a document with other spaces. */
function isSame(field: Field, before: unknown, after: SqlValue): boolean {
  if (before === after) return true
  if (before === null || after === null || before === undefined) return false
  if (after instanceof Uint8Array) return before instanceof Uint8Array && Buffer.compare(before, after) === 0
  if (typeof before === 'string' && typeof after === 'string' && field.kind === 'text') return false
  const decode = columnDecoder(field, true)
  return field.toSql(decode ? decode(before as SqlValue) : before) === after
}

/** Sets the fields of a row that a statement gave back, and what the database holds of them. */
export function takeReturned(
  values: Values,
  plan: WritePlan,
  encoded: EncodedRow,
  statement: Pick<RowStatement, 'returning'>,
  raw: RawRow,
): void {
  const { returning } = statement
  for (let at = 0; at < returning.length; at++) {
    const index = returning[at]!
    const cell = raw[at]
    const decode = plan.decoders[index]!
    values[plan.fields[index]!.attribute] = cell === null || decode === null ? cell : decode(cell as SqlValue)
    encoded[index] = cell as SqlValue
  }
}
