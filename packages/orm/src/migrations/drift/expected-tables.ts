import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ImproperlyConfigured } from '@nuages/foundation'
import type { Database } from '../../backends/database.ts'
import { backendOf } from '../../backends/known-backends.ts'
import { storedName } from '../../backends/postgres/quote.ts'
import type { TableSchema } from '../../backends/schema.ts'
import type { SchemaEditor } from '../../backends/schema-editor.ts'

/**
 * Tables as the database tells of them: they are made in a place of the same kind, looked at and thrown away. So nobody has to
 * know in which words it tells what it was given.
 */
export async function expectedTables(database: Database, tables: readonly TableSchema[]): Promise<TableSchema[]> {
  const names = new Set(tables.map(({ name }) => (database.vendor === 'postgresql' ? storedName(name) : name)))
  const found = await inScratch(database, async (scratch, editor) => {
    await makeTables(editor, tables)
    return scratch.introspect()
  })
  return found.filter(({ name }) => names.has(name))
}

/** Keys last: tables may point to each other in a circle, and none must point to those that stand. */
async function makeTables(editor: SchemaEditor, tables: readonly TableSchema[]): Promise<void> {
  const withoutKeys = (table: TableSchema): TableSchema => ({
    ...table,
    columns: table.columns.map((column) => ({ ...column, references: undefined })),
  })
  for (const table of tables) await editor.createTable(withoutKeys(table))
  for (const table of tables) {
    if (table.columns.some(({ references }) => references !== undefined))
      await editor.alterTable(withoutKeys(table), table)
  }
}

type Work = (scratch: Database, editor: SchemaEditor) => Promise<TableSchema[]>

function inScratch(database: Database, work: Work): Promise<TableSchema[]> {
  if (database.vendor === 'sqlite') return inTemporaryFile(work)
  if (database.vendor === 'postgresql') return inTemporarySchema(database, work)
  throw new ImproperlyConfigured(
    `What a database of '${database.vendor}' should look like cannot be told: only SQLite and PostgreSQL have a place to try it in.`,
  )
}

async function inTemporaryFile(work: Work): Promise<TableSchema[]> {
  const dir = await mkdtemp(join(tmpdir(), 'nuages-drift-'))
  const scratch = backendOf('sqlite').open({
    alias: 'scratch',
    url: 'sqlite:scratch.sqlite3',
    baseDir: dir,
    fail: (problem) => new ImproperlyConfigured(problem),
  })
  try {
    return await scratch.alterSchema((editor) => work(scratch, editor))
  } finally {
    await scratch.close()
    await rm(dir, { recursive: true, force: true })
  }
}

/** Thrown to roll back what was made. */
class Enough extends Error {
  readonly tables: TableSchema[]

  constructor(tables: TableSchema[]) {
    super()
    this.tables = tables
  }
}

/** In front of the schemas that stand, whose extensions and types the tables may need. */
async function inTemporarySchema(database: Database, work: Work): Promise<TableSchema[]> {
  const editor = database.schemaEditor({
    run: (sql) => database.script(sql),
    all: async (sql, params) => database.all({ sql }, params),
  })
  try {
    return await database.atomic(async () => {
      await database.script(
        `CREATE SCHEMA nuages_scratch; SELECT set_config('search_path', 'nuages_scratch, ' || current_setting('search_path'), true)`,
      )
      throw new Enough(await work(database, editor))
    })
  } catch (error) {
    if (error instanceof Enough) return error.tables
    throw error
  }
}
