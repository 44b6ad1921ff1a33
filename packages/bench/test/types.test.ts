import { expect, test } from 'vitest'
import { instantiationBudget, typeFigures } from '../src/types/type-budget.ts'

test('a project of 100 models and 500 queries stays within the budget of the compiler, and editors complete its names', async () => {
  const { instantiations, missingCompletions } = await typeFigures()
  expect(missingCompletions).toEqual([])
  expect(instantiations).toBeLessThanOrEqual(instantiationBudget)
})
