import type { Database } from '../backends/database.ts'
import { operationsFor } from '../backends/operations-for.ts'
import { database as configuredDatabase } from '../backends/registry.ts'
import type { SchemaEditor } from '../backends/schema-editor.ts'
import { type MigrationApp, modelsOf } from '../migrations/app.ts'
import { postMigrate } from '../migrations/execution/post-migrate.ts'
import { allowsMigration } from '../routing/route.ts'

export interface FlushOptions {
  readonly apps: readonly MigrationApp[]
  readonly database?: string | undefined
}

/**
 * Takes every row out of the tables of the models, and lets their numbers begin anew: all or, where that fails, none. The record of
 * what migrations ran stays, and so do tables that migrations leave alone. Sends `postMigrate`, so that apps fill in what is theirs.
 * Returns the tables. Django's `flush`.
 */
export async function flush(options: FlushOptions): Promise<string[]> {
  const database = configuredDatabase(options.database)
  const tables = await flushedTables(options, database)
  if (tables.length > 0) await database.alterSchema((editor) => empty(editor, tables, database))
  await postMigrate.send({ database: database.alias, plan: [], ran: [] })
  return tables
}

/** The SQL that `flush` would run. Django's `sqlflush`. */
export async function sqlFlush(options: FlushOptions): Promise<string[]> {
  const database = configuredDatabase(options.database)
  const tables = await flushedTables(options, database)
  const statements: string[] = []
  const editor = database.schemaEditor({
    run: async (sql) => {
      statements.push(sql.endsWith(';') ? sql : `${sql};`)
    },
    all: async (sql, params) => database.all({ sql }, params),
  })
  if (tables.length > 0) await empty(editor, tables, database)
  return statements
}

async function empty(editor: SchemaEditor, tables: readonly string[], database: Database): Promise<void> {
  if (editor.emptyTables) return editor.emptyTables(tables)
  for (const table of tables) await editor.run(`DELETE FROM ${operationsFor(database.vendor).quote(table)}`)
}

/** Those of the models that this database has, and of their many-to-many relations. */
async function flushedTables({ apps }: FlushOptions, database: Database): Promise<string[]> {
  const standing = new Set(await database.tableNames())
  const metas = apps.flatMap(modelsOf).filter((meta) => {
    return meta.options.managed !== false && allowsMigration(database.alias, meta.appLabel, meta.name)
  })
  const pairs = metas.flatMap((meta) =>
    meta.manyToMany.filter((field) => field.ownsTable).map(({ through }) => through),
  )
  const tables = new Set([...metas, ...pairs].map(({ table }) => table))
  return [...tables].filter((table) => standing.has(storedName(table, database))).sort()
}

/** A name as the database has it, which may keep less of it than was given. */
function storedName(table: string, { vendor }: Database): string {
  return operationsFor(vendor).quote(table).slice(1, -1).replaceAll('""', '"')
}
