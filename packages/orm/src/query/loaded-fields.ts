import type { Field } from '../fields/field.ts'
import type { ModelMeta } from '../models/model-meta.ts'
import type { Deferral } from './query.ts'

/** The columns of a model that rows have, where `defer` or `only` left some out. The key is always among them. */
export function loadedFields(
  deferral: Deferral | undefined,
  meta: ModelMeta,
  path: string,
): readonly Field[] | undefined {
  const names = deferral?.names.get(path)
  if (!deferral || !names) return undefined
  const loaded = meta.fields.filter((field) => field.primaryKey || names.has(field.name) === deferral.only)
  return loaded.length === meta.fields.length ? undefined : loaded
}
