import { ImproperlyConfigured } from '@nuages/foundation'
import type { ModelMeta } from '../models/model-meta.ts'
import { settingOf } from '../models/swaps.ts'

/** A model, what `swappable` gave, or a label: `'blog.Author'`, `'Author'` for one of the same app, `'self'`. */
export type RelationTarget = (Function & { readonly meta: ModelMeta }) | string

/** The model that a relation of `from` points to. */
export function resolveTarget(to: RelationTarget, from: ModelMeta, relation: string): ModelMeta {
  if (typeof to === 'string') {
    if (to === 'self') return from
    return from.registry.get(to.includes('.') ? to : `${from.appLabel}.${to}`)
  }
  if (typeof to !== 'function') {
    throw new ImproperlyConfigured(
      `${from.name}.${relation} points to ${String(to as unknown)}, which is no model. Write the relation as a getter, so that it is read after all models are there: get ${relation}() { … }.`,
    )
  }
  const setting = settingOf(to)
  return setting === undefined ? to.meta : from.registry.swappable(setting)
}
