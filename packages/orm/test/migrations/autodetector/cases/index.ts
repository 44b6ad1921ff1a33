import type { Case } from './case.ts'
import { changedFields } from './changed-fields.ts'
import { changedOptions } from './changed-options.ts'
import { createdModels } from './created-models.ts'
import { deletedModels } from './deleted-models.ts'
import { renamedFields } from './renamed-fields.ts'
import { renamedModels } from './renamed-models.ts'

/** Pairs of states of the models, and what is written between them. */
export const cases: Readonly<Record<string, Case>> = {
  ...createdModels,
  ...deletedModels,
  ...changedFields,
  ...renamedFields,
  ...renamedModels,
  ...changedOptions,
}
