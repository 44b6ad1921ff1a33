import type { ColumnSchema, TableSchema } from '../schema.ts'
import type { RawRow, SqlValue } from '../statement.ts'
import { columnsOf, indexesOf, keysOf, ownTables, virtualTables } from './catalog-queries.ts'
import { type FoundIndex, readIndexes } from './read-index.ts'
import { type FoundKey, readKeys } from './read-keys.ts'
import { readSearchIndex } from './search-sql.ts'
import { readTableDefinition, type TableDefinition } from './table-definition.ts'

type Query = (sql: string, params: readonly SqlValue[]) => Promise<RawRow[]>

export async function sqliteTableNames(query: Query): Promise<string[]> {
  return (await query(ownTables, [])).map(([name]) => String(name))
}

/** The tables of an SQLite file as they stand, SQLite's own left out, by name. */
export async function introspectSqlite(query: Query): Promise<TableSchema[]> {
  return (await readSqlite(query)).tables
}

/** What is read of a file at once. */
export interface ReadSqlite {
  readonly tables: TableSchema[]
  readonly keys: readonly FoundKey[]
  /** Rows of `columnsOf`, by table; views have some too. */
  readonly columns: ReadonlyMap<string, RawRow[]>
}

export async function readSqlite(query: Query): Promise<ReadSqlite> {
  const [own, virtual, columnRows, keyRows, indexRows] = await Promise.all(
    [ownTables, virtualTables, columnsOf, keysOf, indexesOf].map((sql) => query(sql, [])),
  )
  const columns = Map.groupBy(columnRows!, ([table]) => String(table))
  const definitions = new Map(own!.map(([name, sql]) => [String(name), readTableDefinition(String(sql))]))
  const indexes = Map.groupBy(
    readIndexes(indexRows!, (table, column) => definitions.get(table)?.column(column).collation),
    ({ table }) => table,
  )
  const keys = readKeys(keyRows!, columns)
  const keysOfTable = Map.groupBy(keys, ({ table }) => table)
  const words = virtual!.flatMap(([name, sql]) => readSearchIndex(String(name), String(sql)) ?? [])
  const tables = [...definitions].map(([name, definition]) => {
    const table = readTable(name, definition, {
      columns: columns.get(name) ?? [],
      indexes: indexes.get(name) ?? [],
      keys: keysOfTable.get(name) ?? [],
    })
    const own = words.filter((each) => each.table === name).map(({ index }) => index)
    return { ...table, indexes: [...table.indexes, ...own] }
  })
  return { tables, keys, columns }
}

interface Found {
  readonly columns: readonly RawRow[]
  readonly indexes: readonly FoundIndex[]
  readonly keys: readonly FoundKey[]
}

function readTable(name: string, definition: TableDefinition, { columns, indexes, keys }: Found): TableSchema {
  const { uniques } = definition
  const ofOne = new Set(uniques.filter((unique) => unique.columns.length === 1 && unique.name === ''))
  const named = uniques.filter((unique) => !ofOne.has(unique))
  const ownUnique = (column: string) =>
    indexes.some(
      ({ origin, schema }) =>
        origin === 'u' &&
        schema.columns.length === 1 &&
        schema.columns[0]!.name === column &&
        !named.some((unique) => unique.columns.length === 1 && unique.columns[0] === column),
    )
  const checks = columns.flatMap((row) => definition.column(String(row[1])).checks)
  return {
    name,
    columns: columns.map((row): ColumnSchema => {
      const column = String(row[1])
      const key = keys.find((each) => each.columns.length === 1 && each.columns[0] === column)
      return {
        ...readColumn(row, definition),
        unique: row[4] === 0 && ownUnique(column),
        references: key && { table: key.target, column: key.targets[0]! },
      }
    }),
    indexes: indexes.filter(({ origin }) => origin === 'c').map(({ schema }) => schema),
    uniques: named,
    checks: [...checks.filter((check) => check.name !== ''), ...definition.checks],
    exclusions: [],
  }
}

/** A row of `columnsOf`. `hidden` is 2 for a column that is computed when it is read and 3 for one that is stored. */
export function readColumn(row: RawRow, definition: TableDefinition): ColumnSchema {
  const [, name, type, notNull, key, hidden, initial] = row
  const { checks, collation, autoIncrement, generated } = definition.column(String(name))
  const own = checks.filter((check) => check.name === '').map(({ sql }) => sql)
  const isGenerated = (hidden === 2 || hidden === 3) && generated !== undefined
  return {
    name: String(name),
    type: typeName(String(type)),
    null: notNull === 0 && key === 0,
    primaryKey: key !== 0,
    autoIncrement,
    unique: false,
    check: own.length < 2 ? own[0] : own.map((sql) => `(${sql})`).join(' AND '),
    references: undefined,
    ...(initial === null ? {} : { default: String(initial) }),
    ...(isGenerated ? { generated: { sql: generated, stored: hidden === 3 } } : {}),
    ...(collation === undefined ? {} : { collation }),
  }
}

/** SQLite gives its own types in capitals, others as they were written, and what follows them where they are computed. */
function typeName(type: string): string {
  return type
    .replace(/ generated always$/i, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/ ?\( ?(.*?) ?\)/, '($1)')
    .trim()
}
