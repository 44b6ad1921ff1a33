import type { TableSchema } from '../schema.ts'
import type { SchemaTarget } from '../schema-editor.ts'
import type { SqlValue } from '../statement.ts'
import { quoteName, quoteNames, quoteValue } from './quote.ts'
import { isSearchIndex } from './search-sql.ts'
import { createIndexSql, createTableSql } from './table-sql.ts'

/**
 * Makes a table anew and moves its rows: the procedure of sqlite.org/lang_altertable.html, section 7. Triggers, views that
 * read the table, indexes that no model knows and the counter of AUTOINCREMENT stay.
 */
export async function rebuildTable(
  target: SchemaTarget,
  before: TableSchema,
  after: TableSchema,
  fill: ReadonlyMap<string, SqlValue>,
): Promise<void> {
  const { name } = after
  const temporary = `new__${name}`
  const kept = await ownSql(target, before, after)
  await target.run(createTableSql(after, temporary))
  const { columns, values } = copiedColumns(before, after, fill)
  await target.run(
    `INSERT INTO ${quoteName(temporary)} (${quoteNames(columns)}) SELECT ${values.join(', ')} FROM ${quoteName(name)}`,
  )
  if (before.columns.some((column) => column.autoIncrement) && after.columns.some((column) => column.autoIncrement)) {
    await target.run(`DELETE FROM sqlite_sequence WHERE name = ${quoteValue(temporary)}`)
    await target.run(
      `INSERT INTO sqlite_sequence (name, seq) SELECT ${quoteValue(temporary)}, seq FROM sqlite_sequence WHERE name = ${quoteValue(name)}`,
    )
  }
  await target.run(`DROP TABLE ${quoteName(name)}`)
  // Without it, SQLite would refuse while a view reads the table that is not there yet.
  await target.run('PRAGMA legacy_alter_table = ON')
  await target.run(`ALTER TABLE ${quoteName(temporary)} RENAME TO ${quoteName(name)}`)
  await target.run('PRAGMA legacy_alter_table = OFF')
  // The triggers of those that stay are among what is kept, and their words are those of the same rows.
  const standing = before.indexes.filter(isSearchIndex).map((index) => index.name)
  for (const index of after.indexes) {
    if (!standing.includes(index.name)) await target.run(createIndexSql(name, index))
  }
  for (const sql of kept) await target.run(sql)
}

/** The SQL of the table's triggers, and of indexes made by hand. */
async function ownSql(target: SchemaTarget, before: TableSchema, after: TableSchema): Promise<string[]> {
  const rows = await target.all(
    "SELECT type, name, sql FROM sqlite_master WHERE tbl_name = ? AND type IN ('index', 'trigger') AND sql IS NOT NULL",
    [before.name],
  )
  const managed = new Set([...before.indexes, ...after.indexes].map((index) => index.name))
  return rows.filter(([type, name]) => type === 'trigger' || !managed.has(String(name))).map(([, , sql]) => String(sql))
}

/** Of which columns the new table gets values, and what they are; its computed columns and database defaults get none. */
function copiedColumns(before: TableSchema, after: TableSchema, fill: ReadonlyMap<string, SqlValue>) {
  const columns: string[] = []
  const values: string[] = []
  for (const column of after.columns) {
    if (column.generated !== undefined) continue
    const old = before.columns.find(({ name }) => name === column.name)
    const value = fill.get(column.name)
    if (old === undefined && value === undefined) continue
    columns.push(column.name)
    const instead = value === undefined ? column.default : quoteValue(value)
    if (old === undefined) values.push(quoteValue(value!))
    else if (old.null && !column.null && instead !== undefined) {
      values.push(`coalesce(${quoteName(column.name)}, ${instead})`)
    } else values.push(quoteName(column.name))
  }
  return { columns, values }
}
