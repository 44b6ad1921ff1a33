import { lookupsOfQuery, modelCount, queryCount } from './generate-models.ts'
import { instantiationBudget, typeFigures } from './type-budget.ts'

/** Prints what the compiler needs for a large project; the process fails where that is over the budget. */
export async function printTypeBudget(): Promise<void> {
  const { instantiations, checkTime, memory, missingCompletions } = await typeFigures()
  console.log(`\nTypes: ${modelCount} models of 12 fields, ${queryCount} queries of ${lookupsOfQuery} lookups`)
  console.table({
    instantiations: instantiations.toLocaleString('en'),
    budget: instantiationBudget.toLocaleString('en'),
    'check time': checkTime,
    'memory used': memory,
    'completions missing': missingCompletions.join(', ') || 'none',
  })
  if (instantiations > instantiationBudget || missingCompletions.length > 0) process.exitCode = 1
}
