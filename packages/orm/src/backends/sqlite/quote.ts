import type { SqlValue } from '../statement.ts'

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

export function quoteNames(names: readonly string[]): string {
  return names.map(quoteName).join(', ')
}

/** A value as a literal, for schema changes: SQLite binds no parameters there. */
export function quoteValue(value: SqlValue): string {
  if (value === null) return 'NULL'
  // SQL ends at a NUL.
  if (typeof value === 'string' && value.includes('\0')) return `CAST(${quoteValue(Buffer.from(value))} AS TEXT)`
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`
  if (typeof value === 'object') return `X'${Buffer.from(value).toString('hex')}'`
  return String(value)
}
