import type { SqlValue } from '../statement.ts'

/** Values as the text of one array, `{1,"a b"}`: a list of any length is one parameter. */
export function arrayLiteral(values: readonly SqlValue[]): string {
  return `{${values.map(element).join(',')}}`
}

function element(value: SqlValue): string {
  if (value === null) return 'NULL'
  if (typeof value === 'object') return `"\\\\x${Buffer.from(value).toString('hex')}"`
  if (typeof value !== 'string') return String(value)
  return `"${value.replace(/["\\]/g, '\\$&')}"`
}
