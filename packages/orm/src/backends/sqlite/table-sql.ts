import type { ColumnSchema, IndexSchema, TableSchema } from '../schema.ts'
import { quoteName, quoteNames } from './quote.ts'

/** `CREATE TABLE` as Django's schema editor writes it. */
export function createTableSql(table: TableSchema, name = table.name): string {
  const parts = [
    ...table.columns.map((column) => `${quoteName(column.name)} ${columnSql(column)}`),
    ...table.uniques.map((unique) => `CONSTRAINT ${quoteName(unique.name)} UNIQUE (${quoteNames(unique.columns)})`),
  ]
  return `CREATE TABLE ${quoteName(name)} (${parts.join(', ')})`
}

/** What follows a column's name. */
export function columnSql(column: ColumnSchema): string {
  let sql = `${column.type} ${column.null ? 'NULL' : 'NOT NULL'}`
  if (column.primaryKey) sql += ' PRIMARY KEY'
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
  const columns = index.columns.map(({ name, descending }) => quoteName(name) + (descending ? ' DESC' : ''))
  const create = index.unique ? 'CREATE UNIQUE INDEX' : 'CREATE INDEX'
  return `${create} ${quoteName(index.name)} ON ${quoteName(table)} (${columns.join(', ')})`
}
