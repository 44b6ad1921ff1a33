import type { Database } from '../../backends/database.ts'
import { inspectSteps, type SafetyStep } from './check-safety.ts'
import type { Finding } from './finding.ts'
import { tableSizes } from './table-sizes.ts'

/** What a plan would lock, break or lose on this database, which is asked about how many rows its tables have. */
export async function inspectPlan(steps: readonly SafetyStep[], database: Database): Promise<Finding[]> {
  if (steps.length === 0) return []
  const { vendor, alias } = database
  return inspectSteps(steps, { vendor, alias, sizes: await tableSizes(database) })
}
