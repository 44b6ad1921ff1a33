import { ProgrammingError } from '../errors.ts'
import type { TableSchema } from '../schema.ts'
import type { SchemaTarget } from '../schema-editor.ts'
import { quoteName } from './quote.ts'
import { mentions } from './stored-table.ts'

/**
 * A table that is made anew takes columns from under views and triggers without a word, and so does DROP COLUMN under a
 * trigger that writes to them: they fail when they are used next. Throws where one can no longer be compiled.
 */
export async function assertReadable(target: SchemaTarget, before: TableSchema, after: TableSchema): Promise<void> {
  const gone = before.columns.filter(({ name }) => !after.columns.some((column) => column.name === name))
  if (gone.length === 0) return
  const users = await target.all(
    "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE type IN ('view', 'trigger') ORDER BY name",
    [],
  )
  for (const [type, name, table, sql] of users) {
    const lost = gone.find((column) => mentions(String(sql), column.name))
    if (lost === undefined || !mentions(String(sql), after.name)) continue
    const reason = await failure(target, type === 'view' ? String(name) : String(table), type === 'trigger')
    if (reason === undefined) continue
    throw new ProgrammingError(
      `The ${type} '${name}' needs ${after.name}.${lost.name}, which goes: ${reason}. Drop it before, and make it again ` +
        `without the column: runSQL('DROP ${String(type).toUpperCase()} …', 'CREATE ${String(type).toUpperCase()} …').`,
    )
  }
}

/** Why SQLite cannot compile what a view reads, or what the triggers of a table do. */
async function failure(target: SchemaTarget, name: string, writes: boolean): Promise<string | undefined> {
  const own = quoteName(name)
  const statements = writes ? await writesOf(target, name) : [`SELECT * FROM ${own}`]
  for (const sql of statements) {
    try {
      await target.all(`EXPLAIN ${sql}`, [])
    } catch (error) {
      return error instanceof Error ? error.message.replace(/ \(database '.*'\)$/, '') : String(error)
    }
  }
  return undefined
}

/** A statement of each kind, of every column, so that every trigger is compiled. */
async function writesOf(target: SchemaTarget, table: string): Promise<string[]> {
  const own = quoteName(table)
  const rows = await target.all('SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0', [table])
  const columns = rows.map(([name]) => quoteName(String(name)))
  return [
    `INSERT INTO ${own} (${columns.join(', ')}) SELECT ${columns.map(() => 'NULL').join(', ')}`,
    `DELETE FROM ${own}`,
    `UPDATE ${own} SET ${columns.map((column) => `${column} = ${column}`).join(', ')}`,
  ]
}
