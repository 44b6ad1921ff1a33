import type { Database } from '../../backends/database.ts'
import { database as configuredDatabase } from '../../backends/registry.ts'
import type { MigrationApp } from '../app.ts'
import { MigrationFailed } from '../errors.ts'
import type { MigrationGraph } from '../graph.ts'
import { loadMigrations } from '../loader.ts'
import { keyOf } from '../migration.ts'
import { MigrationRecorder } from '../recorder.ts'
import { type MigrationTarget, makePlan, type Step } from './plan.ts'
import type { PlannedMigration } from './planned-migration.ts'
import { postMigrate } from './post-migrate.ts'
import { runStep } from './run-step.ts'
import { isIn, stateBefore } from './state-at.ts'

export interface PlanOptions extends MigrationTarget {
  readonly apps: readonly MigrationApp[]
  /** The alias; `default` when left out. */
  readonly database?: string | undefined
}

export type MigrationProgress =
  | { readonly kind: 'start'; readonly migration: PlannedMigration }
  /** `duration` is in milliseconds. */
  | { readonly kind: 'done'; readonly migration: PlannedMigration; readonly duration: number; readonly fake: boolean }

export interface MigrateOptions extends PlanOptions {
  /** Writes the record and leaves the tables alone. */
  readonly fake?: boolean
  /** Only tells what would run. */
  readonly plan?: boolean
  readonly onProgress?: (progress: MigrationProgress) => void
}

/** What `migrate` would do, in order. */
export async function migrationPlan(options: PlanOptions): Promise<PlannedMigration[]> {
  const graph = await loadMigrations(options.apps)
  const applied = await new MigrationRecorder(configuredDatabase(options.database)).applied()
  return makePlan(graph, { applied: new Set(applied.keys()), unfinished: new Set() }, options).map(planned)
}

/**
 * Brings the database to the target and returns what it ran. Each migration is one transaction with its record: one that
 * fails leaves both as they were, throws `MigrationFailed`, and those before it stay. Two deployments at once are in order:
 * the later one waits, and finds done what the other did. Sends `postMigrate` at its end.
 */
export async function migrate(options: MigrateOptions): Promise<PlannedMigration[]> {
  if (options.plan) return migrationPlan(options)
  const graph = await loadMigrations(options.apps)
  const database = configuredDatabase(options.database)
  const ran: PlannedMigration[] = []
  for (;;) {
    const applied = await new MigrationRecorder(database).applied()
    const [next] = makePlan(graph, { applied: new Set(applied.keys()), unfinished: new Set() }, options)
    if (!next) break
    if (await runMigration(next, graph, database, options)) ran.push(planned(next))
  }
  await postMigrate.send({ database: database.alias, ran })
  return ran
}

/** Answers whether it ran: another process may have been quicker. */
async function runMigration(
  step: Step,
  graph: MigrationGraph,
  database: Database,
  { fake = false, onProgress }: MigrateOptions,
): Promise<boolean> {
  const { migration, direction } = step
  const start = performance.now()
  try {
    const ran = await database.alterSchema(async (editor) => {
      const recorder = new MigrationRecorder(database)
      const applied = new Set((await recorder.applied()).keys())
      if (applied.has(keyOf(migration)) === (direction === 'forwards')) return false
      onProgress?.({ kind: 'start', migration: planned(step) })
      const state = stateBefore(migration, graph, isIn(applied))
      if (!fake) await runStep(step, { database, editor, state })
      if (direction === 'forwards') await recorder.recordApplied(migration, editor)
      else await recorder.recordUnapplied(migration)
      return true
    })
    if (ran) onProgress?.({ kind: 'done', migration: planned(step), duration: performance.now() - start, fake })
    return ran
  } catch (error) {
    throw withMigration(error, keyOf(migration))
  }
}

/** What fails at the commit, such as a row without its parent, belongs to no single operation. */
function withMigration(error: unknown, key: string): unknown {
  if (!(error instanceof Error) || error instanceof MigrationFailed) return error
  if ((error as { code?: unknown }).code !== 'integrity-error') return error
  return new MigrationFailed(
    `${key} failed at its end: ${error.message}\nThe database and its record are as they were before ${key}.`,
    { cause: error, migration: key },
  )
}

function planned({ migration, direction }: Step): PlannedMigration {
  const { app, name, operations } = migration
  return { app, name, direction, operations: operations.map((operation) => operation.description) }
}
