import { quoteName } from './quote.ts'

/** The name of a type without its length: `varchar(50)` → `varchar`. */
export function baseType(type: string): string {
  return type.replace(/\s*\([^)]*\)/, '').toLowerCase()
}

const texts = new Set(['varchar', 'text', 'char', 'character varying', 'citext'])
const numbers = new Set(['smallint', 'integer', 'bigint', 'numeric', 'double precision', 'real'])
const moments = new Set([
  'timestamp with time zone',
  'timestamp without time zone',
  'date',
  'time',
  'time without time zone',
])

export function isText(type: string): boolean {
  return texts.has(baseType(type))
}

/** `TYPE …`, with how the values that are there become ones of the new type where PostgreSQL does not know by itself. */
export function typeSql(column: string, from: string, to: string, collation: string | undefined): string {
  const using = conversion(quoteName(column), baseType(from), baseType(to), to)
  const collate = collation === undefined ? '' : ` COLLATE ${quoteName(collation)}`
  return `TYPE ${to}${collate}${using === undefined ? '' : ` USING ${using}`}`
}

/**
 * Assignment, which needs no word, refuses what does not fit: text that is too long, a number out of range. A cast would cut
 * it off.
 */
function conversion(column: string, from: string, to: string, type: string): string | undefined {
  if (from === to) return undefined
  if (texts.has(to)) return textOf(column, from)
  if (numbers.has(from) && numbers.has(to)) return undefined
  if (from === 'boolean' && numbers.has(to)) return `${column}::integer::${type}`
  if (numbers.has(from) && to === 'boolean') return `${column} <> 0`
  if (from === 'interval' && numbers.has(to)) return `(EXTRACT(EPOCH FROM ${column}) * 1000000)::${type}`
  if (numbers.has(from) && to === 'interval') return `${column} * interval '1 microsecond'`
  if (moments.has(from) && moments.has(to)) return `${column}::${type}`
  if (to === 'bytea') return `convert_to(${column}::text, 'UTF8')`
  if (from.endsWith('[]') && to.endsWith('[]')) return `${column}::${type}`
  if (from.endsWith('[]') && to === 'jsonb') return `to_jsonb(${column})`
  if (from === 'json' || to === 'json') return `${column}::text::${type}`
  return texts.has(from) ? `${column}::${type}` : `${textOf(column, from) ?? `${column}::text`}::${type}`
}

/** What PostgreSQL assigns to text as it shows it, but for bytes, which it would show as digits, and the mask of an address. */
function textOf(column: string, from: string): string | undefined {
  if (from === 'bytea') return `convert_from(${column}, 'UTF8')`
  return from === 'inet' ? `abbrev(${column})` : undefined
}
