import { sql } from '../../query/fragment.ts'
import type { SearchInput } from '../operations.ts'
import type { IndexSchema } from '../schema.ts'
import { quoteName, quoteNames, quoteValue } from './quote.ts'

/** Words in a text; with an index, FTS5 knows the rows that have them. */
export function searchSql({ text, words, index }: SearchInput) {
  if (!index) return sql`nuages_search(${text}, ${words})`
  const name = sql.raw(quoteName(index.name))
  const column = sql.raw(quoteValue(`{${quoteName(index.column)}} : (`))
  return sql`${index.key} IN (SELECT rowid FROM ${name} WHERE ${name} MATCH (${column} || nuages_search_query(${words}) || ')'))`
}

export function isSearchIndex(index: IndexSchema): boolean {
  return index.using === 'search'
}

/** The events that keep the index up to date, as the documentation of FTS5 has them for a table that it reads the text from. */
const events = ['insert', 'delete', 'update'] as const

export function searchTriggers({ name }: IndexSchema): string[] {
  return events.map((event) => `${name}_${event}`)
}

/** An FTS5 table beside the table that has the text, and what keeps it up to date. */
export function createSearchIndexSql(table: string, index: IndexSchema): string {
  const names = index.columns.map(({ name }) => name)
  const key = index.include![0]!
  const own = quoteName(index.name)
  const values = (row: 'new' | 'old') => [key, ...names].map((name) => `${row}.${quoteName(name)}`).join(', ')
  const add = `INSERT INTO ${own} (rowid, ${quoteNames(names)}) VALUES (${values('new')});`
  const remove = `INSERT INTO ${own} (${own}, rowid, ${quoteNames(names)}) VALUES ('delete', ${values('old')});`
  const work = { insert: add, delete: remove, update: `${remove} ${add}` }
  const when = { insert: 'INSERT', delete: 'DELETE', update: `UPDATE OF ${quoteNames([key, ...names])}` }
  const options = `content=${quoteName(table)}, content_rowid=${quoteName(key)}, tokenize='unicode61 remove_diacritics 0'`
  return [
    `CREATE VIRTUAL TABLE ${own} USING fts5(${quoteNames(names)}, ${options})`,
    ...events.map(
      (event) =>
        `CREATE TRIGGER ${quoteName(`${index.name}_${event}`)} AFTER ${when[event]} ON ${quoteName(table)} BEGIN ${work[event]} END`,
    ),
    `INSERT INTO ${own} (${own}) VALUES ('rebuild')`,
  ].join(';\n')
}

export function dropSearchIndexSql(index: IndexSchema): string {
  return [
    ...searchTriggers(index).map((name) => `DROP TRIGGER IF EXISTS ${quoteName(name)}`),
    `DROP TABLE IF EXISTS ${quoteName(index.name)}`,
  ].join(';\n')
}

const quoted = '"((?:[^"]|"")+)"'
const written = new RegExp(`USING fts5\\((.*), content=${quoted}, content_rowid=${quoted},`, 's')

/** What such a table was made of; `undefined` for one that others made. */
export function readSearchIndex(name: string, created: string): { table: string; index: IndexSchema } | undefined {
  const [, columns, table, key] = written.exec(created) ?? []
  if (columns === undefined) return undefined
  const unquoted = (text: string) => text.replaceAll('""', '"')
  const names = [...columns.matchAll(new RegExp(quoted, 'g'))].map(([, column]) => unquoted(column!))
  return {
    table: unquoted(table!),
    index: {
      name,
      unique: false,
      columns: names.map((column) => ({ name: column, descending: false })),
      include: [unquoted(key!)],
      using: 'search',
    },
  }
}
