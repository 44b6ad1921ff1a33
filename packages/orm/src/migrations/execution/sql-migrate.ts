import type { Database } from '../../backends/database.ts'
import { database as configuredDatabase } from '../../backends/registry.ts'
import type { SchemaEditor } from '../../backends/schema-editor.ts'
import type { MigrationApp } from '../app.ts'
import { buildGraph } from '../build-graph.ts'
import type { MigrationGraph } from '../graph.ts'
import { readMigrations } from '../loader.ts'
import { keyOf, type Migration } from '../migration.ts'
import { type PreparedStep, prepareSteps } from './prepare-steps.ts'
import { inDirection, runOperation } from './run-operation.ts'

export interface SqlMigrateOptions {
  readonly apps: readonly MigrationApp[]
  readonly app: string
  /** Its name, or the start of it. */
  readonly name: string
  readonly backwards?: boolean
  readonly database?: string | undefined
}

/**
 * The SQL of one migration, as it would run on this database, in order: a comment for each operation, and the transactions that it runs
 * in. Nothing runs; the database is only asked for the names of what stands. Django's `sqlmigrate`.
 */
export async function sqlMigrate(options: SqlMigrateOptions): Promise<string[]> {
  const { graph, migration } = await find(options)
  const database = configuredDatabase(options.database)
  const step = prepare(graph, migration, options.backwards ? 'backwards' : 'forwards')
  const lines = new SqlLines(database)
  const { atomic } = migration
  if (atomic) lines.add('BEGIN;')
  for (const one of inDirection(step)) {
    const isOwn = !atomic && one.operation.atomic !== false
    if (isOwn) lines.add('BEGIN;')
    lines.add(`-- ${options.backwards ? 'Undo: ' : ''}${one.operation.description}`)
    const before = lines.all.length
    await runOperation(step, one, { database, editor: lines.editor, recording: true })
    if (lines.all.length === before) lines.add('-- (nothing to do in the database)')
    if (isOwn) lines.add('COMMIT;')
  }
  if (atomic) lines.add('COMMIT;')
  return lines.all
}

/** A migration that was squashed is found, too, as long as its file is there. */
async function find({ apps, app, name }: SqlMigrateOptions): Promise<{ graph: MigrationGraph; migration: Migration }> {
  const files = await readMigrations(apps)
  const labels = apps.map(({ label }) => label)
  const { graph } = buildGraph(files, { apps: labels })
  if (graph.of(app).some((migration) => migration.name.startsWith(name))) {
    return { graph, migration: graph.find(app, name) }
  }
  const whole = buildGraph(files, { apps: labels, replace: false }).graph
  return { graph: whole, migration: whole.find(app, name) }
}

function prepare(graph: MigrationGraph, migration: Migration, direction: 'forwards' | 'backwards'): PreparedStep {
  const applied = new Set(graph.ancestors(migration).map(keyOf))
  return prepareSteps(graph, { applied }, [{ migration, direction }])[0]!
}

class SqlLines {
  readonly all: string[] = []
  readonly editor: SchemaEditor

  constructor(database: Database) {
    this.editor = database.schemaEditor({
      run: async (sql) => this.add(sql.endsWith(';') || sql.startsWith('--') ? sql : `${sql};`),
      all: async (sql, params) => database.all({ sql }, params),
    })
  }

  add(line: string): void {
    this.all.push(line)
  }
}
