import type { ColumnSchema } from '../schema.ts'
import { quoteName } from './quote.ts'

const isText = (type: string) => /char|text/i.test(type)
const isWhole = (type: string) => /int/i.test(type)
const isNumber = (type: string) => isWhole(type) || /^(real|decimal|numeric|bool)/i.test(type)
const isUuid = (type: string) => type === 'char(32)'

/** What a row that is copied into a column of another type holds there, where SQLite would leave it as it was. */
export function copiedValue(from: ColumnSchema, to: ColumnSchema): string {
  const value = quoteName(to.name)
  if (from.type === to.type) return value
  if (to.type === 'bool') return toBoolean(value, from.type)
  if (isWhole(to.type) && isNumber(from.type)) {
    return `CASE typeof(${value}) WHEN 'real' THEN CAST(round(${value}) AS INTEGER) ELSE ${value} END`
  }
  // The columns of days and points in time hold text.
  if (from.type === 'datetime' && to.type === 'date') return `substr(${value}, 1, instr(${value}, ' ') - 1)`
  if (from.type === 'datetime' && to.type === 'time') return `substr(${value}, instr(${value}, ' ') + 1)`
  if (from.type === 'date' && to.type === 'datetime') return `${value} || ' 00:00:00'`
  if (isUuid(to.type) && isText(from.type)) return `lower(replace(${value}, '-', ''))`
  if (isUuid(from.type) && isText(to.type)) return withHyphens(value)
  if (to.type.toUpperCase() === 'BLOB') return `CAST(${value} AS BLOB)`
  return from.type.toUpperCase() === 'BLOB' && isText(to.type) ? `CAST(${value} AS TEXT)` : value
}

function toBoolean(value: string, from: string): string {
  if (isNumber(from)) return `${value} <> 0`
  const told = `lower(${value})`
  return `CASE WHEN ${told} IN ('true', 't', 'yes', 'y', 'on', '1') THEN 1 WHEN ${told} IN ('false', 'f', 'no', 'n', 'off', '0') THEN 0 ELSE ${value} END`
}

function withHyphens(value: string): string {
  const parts = [
    [1, 8],
    [9, 4],
    [13, 4],
    [17, 4],
    [21, 12],
  ]
  return parts.map(([start, length]) => `substr(${value}, ${start}, ${length})`).join(` || '-' || `)
}

/** True of a copied value that is none of the column's type. Only numbers are so told: SQLite keeps anything in any column. */
export function isUnfit(from: ColumnSchema, to: ColumnSchema): string | undefined {
  if (from.type === to.type || !isNumber(to.type)) return undefined
  const others = isWhole(to.type) || to.type === 'bool' ? "'text', 'blob', 'real'" : "'text', 'blob'"
  return `typeof(${quoteName(to.name)}) IN (${others})`
}
