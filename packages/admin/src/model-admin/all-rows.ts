import type { ModelMeta } from '@nuages/orm'
import type { AnyQuerySet } from '../options/any-model.ts'

/** Every row of a model, registered or not. */
export function allRowsOf(meta: ModelMeta): AnyQuerySet {
  return (meta.model as unknown as { readonly objects: { all(): AnyQuerySet } }).objects.all()
}
