import { database } from '../backends/registry.ts'
import type { ModelMeta } from '../models/model-meta.ts'
import { allowsMigration } from '../routing/route.ts'

/** Whether a database has the table of a model, as far as the model and the routers say. */
export function holdsModel(meta: ModelMeta, alias?: string): boolean {
  const db = database(alias)
  const { requiredDbVendor = db.vendor } = meta.options
  return requiredDbVendor === db.vendor && allowsMigration(db.alias, meta.appLabel, meta.name)
}
