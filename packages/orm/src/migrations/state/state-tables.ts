import type { Database } from '../../backends/database.ts'
import type { TableSchema } from '../../backends/schema.ts'
import { allowsMigration } from '../../routing/route.ts'
import { labelOf, type ModelState, ownsTable } from './model-state.ts'
import { modelTable, pairTable } from './model-tables.ts'
import type { ProjectState } from './project-state.ts'

/** The tables that migrations keep of a model in a database: `''` its own, `#tags` that of a many-to-many. None for a model that has none there. */
export function tablesOfModel(state: ProjectState, model: ModelState, database: Database): Map<string, TableSchema> {
  const { vendor, alias } = database
  const tables = new Map<string, TableSchema>()
  if (!ownsTable(model, vendor) || !allowsMigration(alias, model.app, model.name)) return tables
  const meta = state.registry.get(labelOf(model))
  tables.set('', modelTable(meta, vendor))
  for (const field of meta.manyToMany) {
    if (field.ownsTable) tables.set(`#${field.name}`, pairTable(field.through, vendor))
  }
  return tables
}
