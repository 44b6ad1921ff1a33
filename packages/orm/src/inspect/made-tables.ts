import type { Vendor } from '../backends/database.ts'
import type { TableSchema } from '../backends/schema.ts'
import { modelTable } from '../migrations/state/model-tables.ts'
import { buildModel, createRegistry } from '../models/register-models.ts'
import type { ModelDraft } from './model-draft.ts'

/** The table that migrations would make of each model, or why they could not. */
export function madeTables(
  drafts: readonly ModelDraft[],
  app: string,
  vendor: Vendor,
): Map<ModelDraft, TableSchema | string> {
  const registry = createRegistry()
  const metas = drafts.map((draft) => {
    const fields = Object.fromEntries(draft.fields.map(({ name, field }) => [name, field]))
    const { name: table, comment } = draft.table.schema
    const { indexes, constraints, className } = draft
    const options = { table, indexes, constraints, ...(comment === undefined ? {} : { tableComment: comment }) }
    return tried(() => buildModel(className, fields, { appLabel: app, ...options }, registry).meta)
  })
  return new Map(
    drafts.map((draft, at) => {
      const meta = metas[at]!
      return [draft, typeof meta === 'string' ? meta : tried(() => modelTable(meta, vendor))]
    }),
  )
}

function tried<T>(make: () => T): T | string {
  try {
    return make()
  } catch (error) {
    return (error as Error).message
  }
}
