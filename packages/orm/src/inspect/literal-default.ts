import type { Vendor } from '../backends/database.ts'
import { withoutParentheses } from '../backends/postgres/outer-parentheses.ts'
import { sameSql } from '../backends/same-sql.ts'
import type { Field } from '../fields/field.ts'
import { schemaValue } from '../query/compile/compile-schema.ts'
import { RawSQL } from '../query/expressions/functions/subquery.ts'

/**
 * What a field gives as `dbDefault` for a DEFAULT of the database: the value itself where the ORM writes it in the same way, else the
 * SQL. `undefined` for NULL, which is no default.
 */
export function defaultOf(sql: string, field: Field, vendor: Vendor): unknown {
  const bare = withoutCast(sql, vendor)
  if (/^null$/i.test(bare)) return undefined
  const value = literalValue(bare, field)
  // Databases have more than one word for what is true.
  if (typeof value === 'boolean') return value
  if (value !== undefined && isWrittenSo(field, vendor, value, sql)) return value
  return rawSql(doubleQuotedText(sql), field)
}

/** SQL as an expression of what a field holds. It is put in parentheses whenever it is used. */
export function rawSql(sql: string, field: Field) {
  return RawSQL(withoutParentheses(sql).replaceAll('?', '??'), [], { outputField: field as Field<unknown> })
}

function isWrittenSo(field: Field, vendor: Vendor, value: unknown, sql: string): boolean {
  try {
    return sameSql(schemaValue(field.bind('value'), vendor, value), doubleQuotedText(sql))
  } catch {
    return false
  }
}

/** SQLite takes text in double quotes for text where a column's name cannot stand. */
function doubleQuotedText(sql: string): string {
  const [, text] = /^"((?:[^"]|"")*)"$/.exec(sql) ?? []
  return text === undefined ? sql : `'${text.replaceAll('""', '"').replaceAll("'", "''")}'`
}

function withoutCast(sql: string, vendor: Vendor): string {
  const bare = doubleQuotedText(sql).replace(/^\(([^()]*)\)$/, '$1')
  return vendor === 'postgresql' ? bare.replace(/::[a-z][\w ]*(?:\(\d+(?:, ?\d+)?\))?$/i, '') : bare
}

/** The value of a literal as the field's attribute has it; `undefined` for an expression, and for what the field does not hold. */
function literalValue(literal: string, { kind, factory }: Field): unknown {
  const [, quoted] = /^'((?:[^']|'')*)'$/.exec(literal) ?? []
  const text = quoted?.replaceAll("''", "'") ?? literal
  if (kind === 'boolean') return /^(?:true|1)$/i.test(text) ? true : /^(?:false|0)$/i.test(text) ? false : undefined
  const isNumber = /^-?\d+(?:\.\d+)?$/.test(text)
  if (kind === 'integer') return isNumber && Number.isSafeInteger(Number(text)) ? Number(text) : undefined
  if (kind === 'bigint') return /^-?\d+$/.test(text) ? BigInt(text) : undefined
  if (kind === 'float') return isNumber ? Number(text) : undefined
  if (kind === 'decimal') return isNumber ? text : undefined
  if (quoted === undefined) return undefined
  if (kind === 'text' && !/file|image/.test(factory)) return text
  if (kind === 'json') return parsed(text)
  return undefined
}

function parsed(json: string): unknown {
  try {
    const value: unknown = JSON.parse(json)
    return value === null ? undefined : value
  } catch {
    return undefined
  }
}
