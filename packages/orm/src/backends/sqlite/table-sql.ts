import type { CheckSchema, ColumnSchema, IndexSchema, TableSchema } from '../schema.ts'
import { quoteName, quoteNames } from './quote.ts'
import { createSearchIndexSql, dropSearchIndexSql, isSearchIndex } from './search-sql.ts'

/** What a table is beyond its schema, where others made it so. */
export interface TableForm {
  readonly name?: string
  /** Definitions of columns and constraints that no model knows. */
  readonly columns?: readonly string[]
  readonly constraints?: readonly string[]
  readonly isStrict?: boolean
  readonly hasRowid?: boolean
}

/** `CREATE TABLE` as Django's schema editor writes it. */
export function createTableSql(table: TableSchema, form: TableForm = {}): string {
  const { name = table.name, columns = [], constraints = [], isStrict = false, hasRowid = true } = form
  const key = table.columns.filter((column) => column.primaryKey).map((column) => column.name)
  const own = isStrict ? table.columns.map((column) => ({ ...column, type: strictType(column.type) })) : table.columns
  const parts = [
    ...own.map((column) => `${quoteName(column.name)} ${columnSql(column, key.length === 1)}`),
    ...columns,
    ...(key.length > 1 ? [`PRIMARY KEY (${quoteNames(key)})`] : []),
    ...table.uniques.map((unique) => `CONSTRAINT ${quoteName(unique.name)} UNIQUE (${quoteNames(unique.columns)})`),
    ...table.checks.map(checkSql),
    ...constraints,
  ]
  const kinds = [...(isStrict ? ['STRICT'] : []), ...(hasRowid ? [] : ['WITHOUT ROWID'])]
  return `CREATE TABLE ${quoteName(name)} (${parts.join(', ')})${kinds.length === 0 ? '' : ` ${kinds.join(', ')}`}`
}

/** A table that is STRICT knows these types alone. */
function strictType(type: string): string {
  if (/int|bool/i.test(type)) return 'INTEGER'
  if (/char|text|date|time/i.test(type)) return 'TEXT'
  if (/blob/i.test(type)) return 'BLOB'
  return /real|floa|doub/i.test(type) ? 'REAL' : 'ANY'
}

export function checkSql({ name, sql }: CheckSchema): string {
  return `CONSTRAINT ${quoteName(name)} CHECK (${sql})`
}

/** What follows a column's name; `isKey` says that the column by itself is the primary key, where it is part of one. */
export function columnSql(column: ColumnSchema, isKey: boolean): string {
  let sql = column.type
  if (column.collation !== undefined) sql += ` COLLATE ${quoteName(column.collation)}`
  if (column.generated !== undefined) {
    sql += ` GENERATED ALWAYS AS (${column.generated.sql}) ${column.generated.stored ? 'STORED' : 'VIRTUAL'}`
  }
  if (column.default !== undefined) sql += ` DEFAULT (${column.default})`
  sql += column.null ? ' NULL' : ' NOT NULL'
  if (column.primaryKey && isKey) sql += ' PRIMARY KEY'
  else if (column.unique) sql += ' UNIQUE'
  if (column.autoIncrement) sql += ' AUTOINCREMENT'
  if (column.check !== undefined) sql += ` CHECK (${column.check})`
  if (column.references !== undefined) {
    const { table, column: target } = column.references
    sql += ` REFERENCES ${quoteName(table)} (${quoteName(target)}) DEFERRABLE INITIALLY DEFERRED`
  }
  return sql
}

export function createIndexSql(table: string, index: IndexSchema): string {
  if (isSearchIndex(index)) return createSearchIndexSql(table, index)
  const columns = index.columns.map(
    ({ name, isExpression, descending }) =>
      (isExpression ? `(${name})` : quoteName(name)) + (descending ? ' DESC' : ''),
  )
  const create = index.unique ? 'CREATE UNIQUE INDEX' : 'CREATE INDEX'
  const where = index.condition === undefined ? '' : ` WHERE ${index.condition}`
  return `${create} ${quoteName(index.name)} ON ${quoteName(table)} (${columns.join(', ')})${where}`
}

export function dropIndexSql(index: IndexSchema): string {
  return isSearchIndex(index) ? dropSearchIndexSql(index) : `DROP INDEX ${quoteName(index.name)}`
}
