import { database as configuredDatabase } from '../../backends/registry.ts'
import type { MigrationApp } from '../app.ts'
import { loadMigrations } from '../loader.ts'
import { runStep } from './run-step.ts'
import { stateBefore } from './state-at.ts'

/** The SQL of one migration, as it would run on this database, in order. Nothing runs. Django's `sqlmigrate`. */
export async function sqlMigrate(options: {
  readonly apps: readonly MigrationApp[]
  readonly app: string
  /** Its name, or the start of it. */
  readonly name: string
  readonly backwards?: boolean
  readonly database?: string | undefined
}): Promise<string[]> {
  const graph = await loadMigrations(options.apps)
  const database = configuredDatabase(options.database)
  const migration = graph.find(options.app, options.name)
  const statements: string[] = []
  const editor = database.schemaEditor({
    run: async (sql) => void statements.push(sql.endsWith(';') || sql.startsWith('--') ? sql : `${sql};`),
    all: async (sql, params) => (await database.all({ sql }, params)) as never,
  })
  const state = stateBefore(migration, graph, () => true)
  const direction = options.backwards ? 'backwards' : 'forwards'
  await runStep({ migration, direction }, { database, editor, state, recording: true })
  return statements
}
