import { postDelete, preDelete } from '../signals/signals.ts'
import type { ModelMeta } from './model-meta.ts'

/** Whether somebody wants to know of the rows of a model that are deleted; of tables of pairs, `m2mChanged` tells. */
export function isHeard(meta: ModelMeta): boolean {
  return !meta.autoCreated && (preDelete.hears(meta.model) || postDelete.hears(meta.model))
}
