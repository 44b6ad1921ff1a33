import { createHash } from 'node:crypto'
import type { SqlValue } from '../statement.ts'

/** Bytes of a name that PostgreSQL keeps; it would cut off the rest without a word. */
const longestName = 63
const digestLength = 4

const stored = new Map<string, string>()

/**
 * A name as the database has it: what is too long for it ends in four digits of a hash, as with Django, so that names which
 * begin alike stay apart.
 */
export function storedName(name: string): string {
  // No name of fewer characters has more bytes than are kept.
  if (name.length * 3 <= longestName) return name
  const known = stored.get(name)
  if (known !== undefined) return known
  const kept = shortened(name)
  if (stored.size >= 1000) stored.clear()
  stored.set(name, kept)
  return kept
}

function shortened(name: string): string {
  if (Buffer.byteLength(name) <= longestName) return name
  let kept = ''
  let bytes = digestLength
  for (const character of name) {
    bytes += Buffer.byteLength(character)
    if (bytes > longestName) break
    kept += character
  }
  return kept + createHash('md5').update(name).digest('hex').slice(0, digestLength)
}

export function quoteName(name: string): string {
  return `"${storedName(name).replaceAll('"', '""')}"`
}

export function quoteNames(names: readonly string[]): string {
  return names.map(quoteName).join(', ')
}

/** Text as a literal, with `standard_conforming_strings` on, as it is by default. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/**
 * A value as a literal for a column of `type`, for schema changes, where PostgreSQL binds no parameters. It stands in quotes,
 * so that the column says what it is: 1 may be a number or true.
 */
export function quoteValue(value: SqlValue, type: string): string {
  if (value === null) return 'NULL'
  if (typeof value === 'object') return `'\\x${Buffer.from(value).toString('hex')}'`
  if (type === 'interval' && typeof value !== 'string') return `'${value} microseconds'`
  return quoteText(String(value))
}
