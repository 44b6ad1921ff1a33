import { createModel } from '../operations/model-operations.ts'
import type { Operation } from '../operations/operation.ts'
import type { ModelState } from '../state/model-state.ts'
import { ProjectState } from '../state/project-state.ts'

/** The operation that makes a model as it stands. */
function createModelOf({ name, fields, options }: ModelState): Operation {
  const { indexes, constraints, managed, ...rest } = options
  const declarations = Object.fromEntries([...fields].map(([field, { declaration }]) => [field, declaration]))
  return createModel(name, declarations, {
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
    ...(indexes.length === 0 ? {} : { indexes }),
    ...(constraints.length === 0 ? {} : { constraints }),
    ...(managed ? {} : { managed }),
  })
}

/** A model that is made so that `operation` has nothing left to do: its table is new, and so without rows to look after. */
export function absorbed(creation: Operation, operation: Operation, app: string): Operation {
  const [model] = operation.applyTo(creation.applyTo(new ProjectState(), app), app).models
  return createModelOf(model!)
}
