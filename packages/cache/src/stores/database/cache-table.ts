import { hash } from 'node:crypto'
import type { TableSchema } from '@nuages/orm'

/** Django's table of a database cache, as its `createcachetable` makes it. */
export function cacheTable(name: string, vendor: string): TableSchema {
  const column = { null: false, primaryKey: false, autoIncrement: false, unique: false }
  return {
    name,
    columns: [
      { ...column, name: 'cache_key', type: 'varchar(255)', primaryKey: true },
      { ...column, name: 'value', type: 'text' },
      { ...column, name: 'expires', type: vendor === 'postgresql' ? 'timestamp with time zone' : 'datetime' },
    ],
    indexes: [{ name: `${name}_expires`, columns: [{ name: 'expires', descending: false }], unique: false }],
    uniques: [],
    checks: [],
    exclusions: [],
  }
}

/** The length of the column, in characters of any kind. */
const longest = 255

/** The key as the column can hold it: one that is too long, or has control characters, by its hash, with its beginning for people. */
export function columnKey(key: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (key.length <= longest && !/[\0-\x1f\x7f]/.test(key)) return key
  // biome-ignore lint/suspicious/noControlCharactersInRegex: see above
  const readable = Array.from(key.replaceAll(/[\0-\x1f\x7f]/g, '_'))
    .slice(0, 150)
    .join('')
  return `${readable}:sha256:${hash('sha256', key, 'base64url')}`
}
