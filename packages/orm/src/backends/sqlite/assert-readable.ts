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
    const used =
      type === 'view' ? `SELECT * FROM ${quoteName(String(name))}` : await eventOf(target, String(table), String(sql))
    const reason = await failure(target, used)
    if (reason === undefined) continue
    throw new ProgrammingError(
      `The ${type} '${name}' needs ${after.name}.${lost.name}, which goes: ${reason}. Drop it before, and make it again ` +
        `without the column: runSQL('DROP ${String(type).toUpperCase()} …', 'CREATE ${String(type).toUpperCase()} …').`,
    )
  }
}

/** Why SQLite cannot compile a statement. */
async function failure(target: SchemaTarget, sql: string): Promise<string | undefined> {
  try {
    await target.all(`EXPLAIN ${sql}`, [])
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message.replace(/ \(database '.*'\)$/, '') : String(error)
  }
}

/** A statement that sets a trigger off, whichever columns it is about. */
async function eventOf(target: SchemaTarget, table: string, trigger: string): Promise<string> {
  const own = quoteName(table)
  const rows = await target.all('SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0', [table])
  const columns = rows.map(([name]) => quoteName(String(name)))
  const [, event = ''] = /\b(DELETE|INSERT|UPDATE)\b(?:\s+OF\s[^;]*?)?\s+ON\b/i.exec(trigger) ?? []
  if (/DELETE/i.test(event)) return `DELETE FROM ${own}`
  if (/UPDATE/i.test(event)) return `UPDATE ${own} SET ${columns.map((column) => `${column} = ${column}`).join(', ')}`
  return `INSERT INTO ${own} (${columns.join(', ')}) SELECT ${columns.map(() => 'NULL').join(', ')}`
}
