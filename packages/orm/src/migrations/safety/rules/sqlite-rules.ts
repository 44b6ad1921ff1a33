import { SqliteSchemaEditor } from '../../../backends/sqlite/schema-editor.ts'
import type { Draft } from '../draft.ts'
import type { ObservedChange } from '../observed-change.ts'

/** What makes an SQLite table anew, or reads or writes all of its rows. */
export async function sqliteRules(change: Extract<ObservedChange, { kind: 'alter' }>): Promise<Draft[]> {
  const table = change.before.name
  const what = whatTakesLong(await statementsOf(change), table)
  if (what === undefined) return []
  const lock = 'That holds the one writer of the file: other writes wait meanwhile. Reads go on.'
  return [{ id: 'rebuild-table', table, what, because: { lock }, hint }]
}

function whatTakesLong(statements: readonly string[], table: string): string | undefined {
  const starts = (...words: string[]) => statements.some((sql) => words.some((word) => sql.startsWith(word)))
  if (starts('CREATE TABLE'))
    return `The table ${table} is made anew and its rows are copied, for SQLite cannot change it in place.`
  if (starts('UPDATE')) return `Every row of ${table} is written.`
  return starts('CREATE INDEX', 'CREATE UNIQUE INDEX') ? `An index of ${table} is built from every row.` : undefined
}

/** As `sqlmigrate` shows them; the table itself is not looked at. */
async function statementsOf({ before, after, change }: Extract<ObservedChange, { kind: 'alter' }>): Promise<string[]> {
  const statements: string[] = []
  const editor = new SqliteSchemaEditor({ run: async (sql) => void statements.push(sql), all: async () => [] })
  await editor.alterTable(before, after, change)
  return statements
}

const hint = [
  'Run it when few write. Give writers a longer wait than it takes: sqlite:…?timeout=<seconds>.',
  'Columns that may be null, without a default of the database, are added in place at once.',
]
