import { database as configuredDatabase } from '../../backends/registry.ts'
import { type PlanOptions, preparedPlan } from '../execution/migration-plan.ts'
import { inspectSteps } from './check-safety.ts'
import type { Finding } from './finding.ts'
import { tableSizes } from './table-sizes.ts'

/**
 * What `migrate` would lock, break or lose on the database, which is asked about how many rows its tables have. Nothing runs.
 * Throws `MigrationError` where the plan cannot run.
 */
export async function planFindings(options: PlanOptions): Promise<Finding[]> {
  const steps = await preparedPlan(options)
  if (steps.length === 0) return []
  const database = configuredDatabase(options.database)
  const { vendor, alias } = database
  return inspectSteps(steps, { vendor, alias, sizes: await tableSizes(database) })
}
