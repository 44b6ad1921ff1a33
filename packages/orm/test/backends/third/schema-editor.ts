import {
  type ColumnSchema,
  type IndexSchema,
  NotSupportedError,
  type SchemaEditor,
  type SchemaTarget,
  type TableChange,
  type TableSchema,
} from '../../../src/backends/backend-kit.ts'
import { operations, quoteName } from './operations.ts'

const names = (list: readonly string[]) => list.map(quoteName).join(', ')

/** Makes and drops tables, and adds and drops columns: as much as the first migrations need. */
export class ThirdSchemaEditor implements SchemaEditor {
  readonly #target: SchemaTarget

  constructor(target: SchemaTarget) {
    this.#target = target
  }

  run(sql: string): Promise<void> {
    return this.#target.run(sql)
  }

  async createTable(table: TableSchema): Promise<void> {
    const parts = [
      ...table.columns.map(columnSql),
      ...table.uniques.map((unique) => `CONSTRAINT ${quoteName(unique.name)} UNIQUE (${names(unique.columns)})`),
      ...table.checks.map((check) => `CONSTRAINT ${quoteName(check.name)} CHECK (${check.sql})`),
    ]
    await this.run(`CREATE TABLE ${quoteName(table.name)} (${parts.join(', ')})`)
    for (const index of table.indexes) await this.run(indexSql(table.name, index))
  }

  async dropTable(table: TableSchema): Promise<void> {
    await this.run(`DROP TABLE ${quoteName(table.name)}`)
  }

  async alterTable(before: TableSchema, after: TableSchema, { renamed, fill }: TableChange = {}): Promise<void> {
    const added = after.columns.filter(({ name }) => !before.columns.some((column) => column.name === name))
    const removed = before.columns.filter(({ name }) => !after.columns.some((column) => column.name === name))
    const kept = before.columns.length - removed.length
    if (renamed?.size || before.name !== after.name || kept + added.length !== after.columns.length) {
      throw new NotSupportedError(
        `The third backend only adds and drops columns, which is not all that '${after.name}' needs.`,
      )
    }
    for (const { name } of removed)
      await this.run(`ALTER TABLE ${quoteName(after.name)} DROP COLUMN ${quoteName(name)}`)
    for (const column of added) {
      const value = fill?.get(column.name)
      const initial = value === undefined ? '' : ` DEFAULT ${operations.literal(value)}`
      await this.run(`ALTER TABLE ${quoteName(after.name)} ADD COLUMN ${columnSql(column)}${initial}`)
    }
  }
}

function columnSql(column: ColumnSchema): string {
  let sql = `${quoteName(column.name)} ${column.type} ${column.null ? 'NULL' : 'NOT NULL'}`
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

function indexSql(table: string, { name, columns, unique }: IndexSchema): string {
  const parts = columns.map((column) => quoteName(column.name) + (column.descending ? ' DESC' : ''))
  return `CREATE ${unique ? 'UNIQUE ' : ''}INDEX ${quoteName(name)} ON ${quoteName(table)} (${parts.join(', ')})`
}
