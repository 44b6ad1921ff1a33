import { IntegrityError } from '../errors.ts'
import type { SqliteConnection } from './connection.ts'
import { SqliteSession } from './session.ts'

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

/** A transaction whose foreign keys are checked at its end. */
export class SchemaChangeSession extends SqliteSession {
  override control(sql: string): void {
    if (sql === 'COMMIT') assertForeignKeys(this.connection)
    super.control(sql)
  }

  override end(): void {
    try {
      this.connection.control('PRAGMA legacy_alter_table = OFF')
      this.connection.control('PRAGMA foreign_keys = ON')
    } finally {
      super.end()
    }
  }
}

const check = { sql: 'SELECT "table", "rowid", "parent" FROM pragma_foreign_key_check LIMIT 1' }

function assertForeignKeys(writer: SqliteConnection): void {
  const { alias } = writer
  const [violation] = writer.all(check, [])
  if (violation === undefined) return
  const [table, rowid, parent] = violation
  throw new IntegrityError(
    `Row ${String(rowid)} of '${String(table)}' points to a row of '${String(parent)}' that is not there (database '${alias}').`,
    { alias, sql: 'PRAGMA foreign_key_check', kind: 'foreignKey', table: String(table) },
  )
}
