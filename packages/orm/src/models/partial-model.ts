import type { Field } from '../fields/field.ts'
import type { ModelMeta, RuntimeModel } from './model-meta.ts'

/** The method by which an instance gives what loads a column that it lacks. */
export const deferredValue: unique symbol = Symbol('deferred value')

interface HasDeferred {
  [deferredValue](field: Field): unknown
}

const partialModels = new WeakMap<ModelMeta, Map<string, RuntimeModel>>()

/** The class of rows of a model that lack these columns: under their names they have what loads them. */
export function partialModel(meta: ModelMeta, missing: readonly Field[]): RuntimeModel {
  let known = partialModels.get(meta)
  if (!known) {
    known = new Map()
    partialModels.set(meta, known)
  }
  const key = missing.map((field) => field.attribute).join()
  let model = known.get(key)
  if (!model) {
    model = makePartial(meta.model, missing)
    known.set(key, model)
  }
  return model
}

function makePartial(model: RuntimeModel, missing: readonly Field[]): RuntimeModel {
  const { name } = model as unknown as { name: string }
  const made = { [name]: class extends (model as new (values?: object) => object) {} }[name]!
  for (const field of missing) {
    Object.defineProperty(made.prototype, field.attribute, {
      configurable: true,
      get(this: HasDeferred) {
        return this[deferredValue](field)
      },
      set(this: HasDeferred, value: unknown) {
        Object.defineProperty(this, field.attribute, { value, writable: true, enumerable: true, configurable: true })
      },
    })
  }
  return made as unknown as RuntimeModel
}
