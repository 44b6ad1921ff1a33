import { type ModelMeta, QuerySet } from '@nuages/orm'
import type { AnyQuerySet } from '../options/any-model.ts'

/** Every row of a model, registered or not, with a manager or without. */
export function allRowsOf({ model }: ModelMeta): AnyQuerySet {
  const { objects } = model as unknown as { readonly objects?: { all(): AnyQuerySet } }
  return objects?.all() ?? (new QuerySet(model).all() as unknown as AnyQuerySet)
}
