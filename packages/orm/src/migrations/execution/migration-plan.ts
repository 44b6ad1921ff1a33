import { database as configuredDatabase } from '../../backends/registry.ts'
import type { MigrationApp } from '../app.ts'
import { readMigrations } from '../loader.ts'
import { type MigrationTarget, makePlan } from './plan.ts'
import { type PlannedMigration, planned } from './planned-migration.ts'
import { type PreparedStep, prepareSteps } from './prepare-steps.ts'
import { surveyDatabase } from './survey.ts'

export interface PlanOptions extends MigrationTarget {
  readonly apps: readonly MigrationApp[]
  /** The alias; `default` when left out. */
  readonly database?: string | undefined
}

/** What `migrate` would do, in order. */
export async function migrationPlan(options: PlanOptions): Promise<PlannedMigration[]> {
  const { graph, ran } = await surveyDatabase(
    await readMigrations(options.apps),
    options.apps,
    configuredDatabase(options.database),
  )
  return makePlan(graph, ran, options).map(planned)
}

/** The same with the states that each operation leads from and to, for who judges what it does. */
export async function preparedPlan(options: PlanOptions): Promise<PreparedStep[]> {
  const { graph, ran } = await surveyDatabase(
    await readMigrations(options.apps),
    options.apps,
    configuredDatabase(options.database),
  )
  return prepareSteps(graph, ran, makePlan(graph, ran, options))
}
