import type { ColumnSchema, IndexSchema, TableSchema, UniqueSchema } from '../schema.ts'
import type { RawRow, SqlValue } from '../statement.ts'

type Query = (sql: string, params: readonly SqlValue[]) => Promise<RawRow[]>

const ownTables =
  "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"

export async function sqliteTableNames(query: Query): Promise<string[]> {
  return (await query(ownTables, [])).map(([name]) => String(name))
}

/** The tables of an SQLite file as they stand, SQLite's own left out, by name. */
export async function introspectSqlite(query: Query): Promise<TableSchema[]> {
  const tables = await query(ownTables, [])
  return Promise.all(tables.map(([name, sql]) => introspectTable(query, String(name), String(sql))))
}

async function introspectTable(query: Query, name: string, sql: string): Promise<TableSchema> {
  const [info, keys, list] = await Promise.all([
    query('SELECT name, type, "notnull", pk FROM pragma_table_info(?) ORDER BY cid', [name]),
    query('SELECT "from", "table", "to" FROM pragma_foreign_key_list(?)', [name]),
    query('SELECT name, "unique", origin FROM pragma_index_list(?) ORDER BY name', [name]),
  ])
  const parts = splitDefinitions(sql)
  const indexes: (IndexSchema & { origin: string })[] = []
  for (const [index, unique, origin] of list) {
    const columns = await query('SELECT name, "desc" FROM pragma_index_xinfo(?) WHERE key ORDER BY seqno', [
      String(index),
    ])
    indexes.push({
      name: String(index),
      unique: unique === 1,
      columns: columns.map(([column, descending]) => ({ name: String(column), descending: descending === 1 })),
      origin: String(origin),
    })
  }
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
    columns: info.map(([column, type, notNull, key]): ColumnSchema => {
      const definition = parts.find((part) => firstName(part) === column) ?? ''
      const reference = keys.find(([from]) => from === column)
      return {
        name: String(column),
        // SQLite gives its own types in capitals, however they were written.
        type: String(type).toLowerCase(),
        null: notNull === 0 && key === 0,
        primaryKey: key !== 0,
        autoIncrement: /\bAUTOINCREMENT\b/i.test(definition),
        unique: key === 0 && ownUnique(String(column)),
        check: checkOf(definition),
        references: reference && { table: String(reference[1]), column: String(reference[2]) },
      }
    }),
    indexes: indexes.filter(({ origin }) => origin === 'c').map(({ origin: _, ...index }) => index),
    uniques,
  }
}

/** The parts of `CREATE TABLE … (a, b, c)`, split at the commas outside parentheses and quotes. */
function splitDefinitions(sql: string): string[] {
  const parts: string[] = []
  let depth = 0
  let part = ''
  for (const [token] of sql.matchAll(/"(?:[^"]|"")*"|'(?:[^']|'')*'|`[^`]*`|\[[^\]]*\]|[\s\S]/g)) {
    if (token === ')') depth--
    if (depth === 0 || (depth === 1 && token === ',')) {
      if (part.trim() !== '' && depth > 0) parts.push(part.trim())
      else if (token === ')' && part.trim() !== '') parts.push(part.trim())
      part = ''
    } else part += token
    if (token === '(') depth++
  }
  return parts
}

function firstName(definition: string): string {
  const [, quoted, plain] = /^(?:["`[]((?:[^"`\]]|"")+)["`\]]|(\w+))/.exec(definition) ?? []
  return quoted?.replaceAll('""', '"') ?? plain ?? ''
}

function namedUniques(parts: readonly string[]): UniqueSchema[] {
  return parts.flatMap((part) => {
    const [, name, columns] = /^CONSTRAINT\s+"((?:[^"]|"")+)"\s+UNIQUE\s*\((.*)\)$/is.exec(part) ?? []
    if (name === undefined || columns === undefined) return []
    return [{ name, columns: [...columns.matchAll(/"((?:[^"]|"")+)"/g)].map(([, column]) => column!) }]
  })
}

/** The condition of `CHECK (…)`, up to the parenthesis that closes it. */
function checkOf(definition: string): string | undefined {
  const start = /\bCHECK\s*\(/i.exec(definition)
  if (!start) return undefined
  const from = start.index + start[0].length
  let depth = 1
  for (let at = from; at < definition.length; at++) {
    if (definition[at] === '(') depth++
    else if (definition[at] === ')' && --depth === 0) return definition.slice(from, at)
  }
  return undefined
}
