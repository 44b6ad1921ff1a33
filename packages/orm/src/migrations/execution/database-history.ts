import { database as configuredDatabase } from '../../backends/registry.ts'
import type { MigrationApp } from '../app.ts'
import { readMigrations } from '../loader.ts'
import { keyOf } from '../migration.ts'
import { type History, historyOf } from '../operations/history.ts'
import { stateOf } from './state-at.ts'
import { surveyDatabase } from './survey.ts'

/**
 * The models as the migrations that a database has run make them: what a data migration would get if it ran now.
 * @throws MigrationError for files that do not fit together
 */
export async function databaseHistory(options: {
  readonly apps: readonly MigrationApp[]
  /** The app whose models are found by their name alone. */
  readonly app: string
  readonly database?: string | undefined
}): Promise<History> {
  const database = configuredDatabase(options.database)
  const { graph, applied } = await surveyDatabase(await readMigrations(options.apps), options.apps, database)
  const state = stateOf(graph.order.filter((migration) => applied.has(keyOf(migration))))
  return historyOf({ app: options.app, state, database })
}
