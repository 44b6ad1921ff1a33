import { isDeepStrictEqual } from 'node:util'
import { database as configuredDatabase } from '../../backends/registry.ts'
import { sameSchema } from '../../backends/same-schema.ts'
import type { MigrationApp } from '../app.ts'
import { stateOf } from '../execution/state-at.ts'
import { surveyDatabase } from '../execution/survey.ts'
import { readMigrations } from '../loader.ts'
import { keyOf } from '../migration.ts'
import { ownTables } from '../own-tables.ts'
import { tableOf } from '../state/model-state.ts'
import { tablesOfModel } from '../state/state-tables.ts'
import { compareTables } from './compare-tables.ts'
import type { DriftFinding } from './drift-finding.ts'
import { expectedTables } from './expected-tables.ts'

/**
 * Compares a database as it stands with what the migrations that it has run say: somebody may have changed it by hand, or a
 * migration after it ran. What they say is made in a temporary place of the same kind and looked at there; the database is only read.
 * Data, views, triggers and what `runSQL` made are not compared.
 */
export async function schemaDrift(options: {
  readonly apps: readonly MigrationApp[]
  /** The alias; `default` when left out. */
  readonly database?: string | undefined
}): Promise<DriftFinding[]> {
  const database = configuredDatabase(options.database)
  const files = await readMigrations(options.apps)
  const { graph, applied } = await surveyDatabase(files, options.apps, database, { strict: false })
  const state = stateOf(graph.order.filter((migration) => applied.has(keyOf(migration))))
  const wanted = state.models.flatMap((model) => [...tablesOfModel(state, model, database).values()])
  const expected = wanted.length === 0 ? [] : await expectedTables(database, wanted)
  const actual = await database.introspect()
  // SQLite keeps SQL in the words that it was given; those of another framework may be others. PostgreSQL has words of its own.
  const isSame = database.vendor === 'sqlite' ? sameSchema : isDeepStrictEqual
  const stands = new Map(actual.map((table) => [table.name, table]))
  const findings = expected.flatMap((table): DriftFinding[] => {
    const found = stands.get(table.name)
    if (found !== undefined) return compareTables(found, table, isSame)
    const message = `The table ${table.name} is not there; the migrations make it.`
    return [{ level: 'error', id: 'migrations.E001', table: table.name, message }]
  })
  const known = new Set([...ownTables, ...expected.map(({ name }) => name), ...state.models.map(tableOf)])
  const unknown = actual.filter(({ name }) => !known.has(name))
  return [
    ...findings,
    ...unknown.map(
      ({ name }): DriftFinding => ({
        level: 'info',
        id: 'migrations.I001',
        table: name,
        message: `The table ${name} is in no migration.`,
      }),
    ),
  ]
}
