import type { DecimalField } from '../../fields/decimal-field.ts'
import type { Field, FieldKind } from '../../fields/field.ts'
import type { FunctionSql } from '../../query/expressions/sql-function.ts'
import { type Fragment, sql } from '../../query/fragment.ts'

type CastTo = (value: Fragment, from: FieldKind, output: Field) => Fragment

const fractional: ReadonlySet<FieldKind> = new Set(['float', 'decimal'])

/** As on PostgreSQL a fraction is rounded, where SQLite would cut it off. */
const toInteger: CastTo = (value, from) =>
  fractional.has(from) ? sql`CAST(ROUND(${value}) AS integer)` : sql`CAST(${value} AS integer)`

/** SQLite has no decimals: the float is rounded to as many places as the field keeps. */
const toDecimal: CastTo = (value, _from, output) => {
  const places = (output as DecimalField).decimalPlaces
  const numeric = sql`CAST(${value} AS numeric)`
  return places <= 15 ? sql`ROUND(${numeric}, ${sql.raw(String(places))})` : numeric
}

const toBoolean: CastTo = (value, from) => {
  if (from === 'text') return sql`(LOWER(TRIM(${value})) IN ('t', 'true', 'y', 'yes', 'on', '1'))`
  return from === 'boolean' ? value : sql`(${value} <> 0)`
}

const toText: CastTo = (value, from, output) => {
  const { maxLength } = output.options
  const text = asText(value, from)
  return typeof maxLength === 'number' ? sql`SUBSTR(${text}, 1, ${sql.raw(String(maxLength))})` : text
}

function asText(value: Fragment, from: FieldKind): Fragment {
  if (from === 'boolean') return sql`CASE ${value} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END`
  if (from === 'uuid') return sql`nuages_hyphenated(${value})`
  return sql`CAST(${value} AS text)`
}

const toDate: CastTo = (value, from) => (from === 'dateTime' ? sql`SUBSTR(${value}, 1, 10)` : sql`DATE(${value})`)
const toTime: CastTo = (value, from) => (from === 'dateTime' ? sql`SUBSTR(${value}, 12)` : sql`TIME(${value})`)

const toDateTime: CastTo = (value, from) => {
  if (from === 'dateTime') return value
  return from === 'date' ? sql`(${value} || ' 00:00:00')` : sql`nuages_instant(${value})`
}

const casts: Partial<Record<FieldKind, CastTo>> = {
  integer: toInteger,
  bigint: toInteger,
  float: (value) => sql`CAST(${value} AS real)`,
  decimal: toDecimal,
  boolean: toBoolean,
  text: toText,
  uuid: (value) => sql`LOWER(REPLACE(${value}, '-', ''))`,
  date: toDate,
  time: toTime,
  dateTime: toDateTime,
  duration: (value) => sql`CAST(${value} AS integer)`,
  json: (value) => sql`JSON(${value})`,
  binary: (value) => sql`CAST(${value} AS blob)`,
}

/** A value as a column of another type holds it. SQLite's own CAST knows numbers, text and bytes. */
export const castSql: FunctionSql = ({ args: [value], fields: [field], output }) => {
  const cast = casts[output.kind] ?? toText
  return cast(value!, field!.kind, output)
}
