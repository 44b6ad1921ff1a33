import type { TransactionSession } from '../../transactions/atomic-block.ts'
import { IntegrityError } from '../errors.ts'
import type { SqliteConnection } from './connection.ts'
import { translateError } from './translate-error.ts'

/** SQLite changes this switch outside transactions only; with it on, dropping a table would empty those that point to it. */
export function beginSchemaChange(writer: SqliteConnection): void {
  writer.control('PRAGMA foreign_keys = OFF')
  try {
    writer.control('BEGIN IMMEDIATE')
  } catch (error) {
    writer.control('PRAGMA foreign_keys = ON')
    throw error
  }
}

export function schemaChangeSession(writer: SqliteConnection, alias: string, end: () => void): TransactionSession {
  return {
    control(sql) {
      try {
        if (sql === 'COMMIT') assertForeignKeys(writer, alias)
        writer.control(sql)
      } catch (error) {
        throw translateError(error, alias, sql)
      }
    },
    get inTransaction() {
      return writer.inTransaction
    },
    end() {
      try {
        writer.control('PRAGMA legacy_alter_table = OFF')
        writer.control('PRAGMA foreign_keys = ON')
      } finally {
        end()
      }
    },
  }
}

const check = { sql: 'SELECT "table", "rowid", "parent" FROM pragma_foreign_key_check LIMIT 1' }

function assertForeignKeys(writer: SqliteConnection, alias: string): void {
  const [violation] = writer.all(check, [])
  if (violation === undefined) return
  const [table, rowid, parent] = violation
  throw new IntegrityError(
    `Row ${String(rowid)} of '${String(table)}' points to a row of '${String(parent)}' that is not there (database '${alias}').`,
    { alias, sql: 'PRAGMA foreign_key_check', kind: 'foreignKey', table: String(table) },
  )
}
