import type { ColumnSchema, IndexSchema, TableSchema, UniqueSchema } from '../schema.ts'
import type { RawRow, SqlValue } from '../statement.ts'
import { firstName, inParentheses, restAfter, splitParts } from './definition-text.ts'
import { readSearchIndex } from './search-sql.ts'

type Query = (sql: string, params: readonly SqlValue[]) => Promise<RawRow[]>

/** Virtual tables, and those that they keep their content in, are no model's. */
const ownTables =
  "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT IN " +
  "(SELECT name FROM pragma_table_list WHERE type IN ('virtual', 'shadow')) ORDER BY name"

const virtualTables =
  "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%' ORDER BY name"

export async function sqliteTableNames(query: Query): Promise<string[]> {
  return (await query(ownTables, [])).map(([name]) => String(name))
}

/** The tables of an SQLite file as they stand, SQLite's own left out, by name. */
export async function introspectSqlite(query: Query): Promise<TableSchema[]> {
  const [tables, virtual] = await Promise.all([query(ownTables, []), query(virtualTables, [])])
  const words = virtual.flatMap(([name, sql]) => readSearchIndex(String(name), String(sql)) ?? [])
  return Promise.all(
    tables.map(async ([name, sql]) => {
      const table = await introspectTable(query, String(name), String(sql))
      const own = words.filter((each) => each.table === table.name).map(({ index }) => index)
      return { ...table, indexes: [...table.indexes, ...own] }
    }),
  )
}

/** An index with what made it: `c` CREATE INDEX, `u` UNIQUE, `pk` a key. */
interface FoundIndex extends IndexSchema {
  readonly origin: string
}

async function introspectTable(query: Query, name: string, sql: string): Promise<TableSchema> {
  const [info, keys, list] = await Promise.all([
    query('SELECT name, type, "notnull", pk, hidden, dflt_value FROM pragma_table_xinfo(?) ORDER BY cid', [name]),
    query('SELECT "from", "table", "to" FROM pragma_foreign_key_list(?)', [name]),
    query(
      'SELECT l.name, l."unique", l.origin, m.sql FROM pragma_index_list(?) l LEFT JOIN sqlite_master m ON m.name = l.name ORDER BY l.name',
      [name],
    ),
  ])
  const parts = splitParts(sql)
  const indexes = await Promise.all(list.map((row) => introspectIndex(query, row)))
  const uniques = namedUniques(parts)
  const ownUnique = (column: string) =>
    indexes.some(
      (index) =>
        index.origin === 'u' &&
        index.columns.length === 1 &&
        index.columns[0]!.name === column &&
        !uniques.some((unique) => unique.columns.length === 1 && unique.columns[0] === column),
    )
  return {
    name,
    columns: info.map((row): ColumnSchema => {
      const column = String(row[0])
      const definition = parts.find((part) => firstName(part) === column && !/^CONSTRAINT\b/i.test(part)) ?? ''
      const reference = keys.find(([from]) => from === column)
      return {
        ...introspectColumn(row, definition),
        unique: row[3] === 0 && ownUnique(column),
        references: reference && { table: String(reference[1]), column: String(reference[2]) },
      }
    }),
    indexes: indexes.filter(({ origin }) => origin === 'c').map(({ origin: _, ...index }) => index),
    uniques,
    checks: parts.flatMap((part) => {
      const [, own] = /^CONSTRAINT\s+"((?:[^"]|"")+)"\s+CHECK\s*\(/i.exec(part) ?? []
      const check = own === undefined ? undefined : inParentheses(part, 'CHECK')
      return check === undefined ? [] : [{ name: own!.replaceAll('""', '"'), sql: check }]
    }),
    exclusions: [],
  }
}

/** `hidden` is 2 for a column that is computed when it is read and 3 for one that is stored. */
function introspectColumn([name, type, notNull, key, hidden, initial]: RawRow, definition: string): ColumnSchema {
  const generated = hidden === 2 || hidden === 3 ? inParentheses(definition, 'AS') : undefined
  const [, collation] = /^"((?:[^"]|"")+)"/.exec(restAfter(definition, 'COLLATE') ?? '') ?? []
  return {
    name: String(name),
    // SQLite gives its own types in capitals, however they were written, and what follows them where they are computed.
    type: String(type)
      .replace(/ generated always$/i, '')
      .toLowerCase(),
    null: notNull === 0 && key === 0,
    primaryKey: key !== 0,
    autoIncrement: restAfter(definition, 'AUTOINCREMENT') !== undefined,
    unique: false,
    check: inParentheses(definition, 'CHECK'),
    ...(initial === null ? {} : { default: String(initial) }),
    ...(generated === undefined ? {} : { generated: { sql: generated, stored: hidden === 3 } }),
    ...(collation === undefined ? {} : { collation }),
  }
}

async function introspectIndex(query: Query, [name, unique, origin, sql]: RawRow): Promise<FoundIndex> {
  const columns = await query('SELECT name, "desc" FROM pragma_index_xinfo(?) WHERE key ORDER BY seqno', [String(name)])
  const text = sql === null ? '' : String(sql)
  const parts = splitParts(text)
  const condition = restAfter(text, 'WHERE')
  return {
    name: String(name),
    unique: unique === 1,
    columns: columns.map(([column, descending], position) => ({
      // Of what is no column SQLite has no name.
      ...(column === null ? { name: inParentheses(parts[position]!)!, isExpression: true } : { name: String(column) }),
      descending: descending === 1,
    })),
    ...(condition === undefined ? {} : { condition }),
    origin: String(origin),
  }
}

function namedUniques(parts: readonly string[]): UniqueSchema[] {
  return parts.flatMap((part) => {
    const [, name, columns] = /^CONSTRAINT\s+"((?:[^"]|"")+)"\s+UNIQUE\s*\((.*)\)$/is.exec(part) ?? []
    if (name === undefined || columns === undefined) return []
    return [{ name, columns: [...columns.matchAll(/"((?:[^"]|"")+)"/g)].map(([, column]) => column!) }]
  })
}
