import { DatabaseError, DataError, IntegrityError } from '../errors.ts'
import type { TableSchema } from '../schema.ts'
import type { SchemaTarget } from '../schema-editor.ts'
import type { SqlValue } from '../statement.ts'
import { copiedValue, isUnfit } from './copied-value.ts'
import { firstName } from './definition-text.ts'
import { quoteName, quoteNames, quoteValue } from './quote.ts'
import { isSearchIndex } from './search-sql.ts'
import { handMadeColumns, handMadeConstraints, type StoredTable } from './stored-table.ts'
import { createIndexSql, createTableSql } from './table-sql.ts'

/**
 * Makes a table anew and moves its rows: the procedure of sqlite.org/lang_altertable.html, section 7. Triggers, views that
 * read the table, the counter of AUTOINCREMENT, and indexes, columns and constraints that no model knows stay.
 */
export async function rebuildTable(
  target: SchemaTarget,
  before: TableSchema,
  after: TableSchema,
  fill: ReadonlyMap<string, SqlValue>,
  stored: StoredTable,
): Promise<void> {
  const { name } = after
  const temporary = await freeName(target, `new__${name}`)
  const ownColumns = handMadeColumns(stored)
  const parts = { columns: ownColumns, constraints: handMadeConstraints(stored, before, after) }
  await target.run(
    createTableSql(after, { name: temporary, ...parts, isStrict: stored.isStrict, hasRowid: stored.hasRowid }),
  )
  const { columns, values } = copiedColumns(before, after, fill, ownColumns)
  try {
    await target.run(
      `INSERT INTO ${quoteName(temporary)} (${quoteNames(columns)}) SELECT ${values.join(', ')} FROM ${quoteName(name)}`,
    )
  } catch (error) {
    throw inTermsOf(name, temporary, error)
  }
  await assertFit(target, before, after, temporary)
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
  for (const sql of [...stored.handMadeIndexes, ...stored.triggers]) await target.run(sql)
}

/** Somebody may have left a table of that name behind, which is not ours to drop. */
async function freeName(target: SchemaTarget, name: string): Promise<string> {
  const rows = await target.all("SELECT lower(name) FROM sqlite_master WHERE name LIKE 'new\\_\\_%' ESCAPE '\\'", [])
  const taken = new Set(rows.map(([own]) => own))
  let free = name
  for (let number = 2; taken.has(free.toLowerCase()); number++) free = `${name}_${number}`
  return free
}

/** Of which columns the new table gets values, and what they are; its computed columns and database defaults get none. */
function copiedColumns(
  before: TableSchema,
  after: TableSchema,
  fill: ReadonlyMap<string, SqlValue>,
  handMade: readonly string[],
) {
  const own = handMade.filter((part) => !/\bAS\s*\(/i.test(part)).map(firstName)
  const columns = [...own]
  const values = own.map(quoteName)
  for (const column of after.columns) {
    if (column.generated !== undefined) continue
    const old = before.columns.find(({ name }) => name === column.name)
    const value = fill.get(column.name)
    if (old === undefined && value === undefined) continue
    columns.push(column.name)
    const instead = value === undefined ? column.default : quoteValue(value)
    if (old === undefined) values.push(quoteValue(value!))
    else if (old.null && !column.null && instead !== undefined) {
      values.push(`coalesce(${copiedValue(old, column)}, ${instead})`)
    } else values.push(copiedValue(old, column))
  }
  return { columns, values }
}

async function assertFit(
  target: SchemaTarget,
  before: TableSchema,
  after: TableSchema,
  temporary: string,
): Promise<void> {
  for (const column of after.columns) {
    const old = before.columns.find(({ name }) => name === column.name)
    const unfit = old && isUnfit(old, column)
    // Where SQL is only shown, there are no copies to look at.
    if (unfit === undefined || !(await isThere(target, temporary))) continue
    const own = quoteName(column.name)
    const [row] = await target.all(
      `SELECT substr(${own}, 1, 50) FROM ${quoteName(temporary)} WHERE ${unfit} LIMIT 1`,
      [],
    )
    if (row === undefined) continue
    throw new DataError(
      `${after.name}.${column.name}, which is ${old!.type}, cannot become ${column.type}: a row holds ${JSON.stringify(String(row[0]))}. ` +
        'Change the rows first, with runCode in a migration before this one.',
    )
  }
}

async function isThere(target: SchemaTarget, table: string): Promise<boolean> {
  return (await target.all('SELECT 1 FROM sqlite_master WHERE name = ?', [table])).length > 0
}

/** An error of the copy, which names the table that is only there for the move. */
function inTermsOf(name: string, temporary: string, error: unknown): unknown {
  if (!(error instanceof DatabaseError)) return error
  const { sql, alias, driverCode } = error
  const options = { cause: error, sql, alias, driverCode }
  const message = error.message.replaceAll(temporary, name)
  if (!(error instanceof IntegrityError)) return error
  const { kind, columns, constraint } = error
  return new IntegrityError(message, { ...options, kind, columns, constraint, table: name })
}
