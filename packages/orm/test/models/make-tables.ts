import { database, type ModelMeta } from '../../src/index.ts'
import { creationOrder } from '../../src/migrations/autodetector/creation-order.ts'
import { ownsTable } from '../../src/migrations/state/model-state.ts'
import { modelTable, pairTable } from '../../src/migrations/state/model-tables.ts'
import { ProjectState } from '../../src/migrations/state/project-state.ts'

/** Makes the tables of models as migrations would. */
export async function makeTables(metas: readonly ModelMeta[]): Promise<void> {
  const { vendor } = database()
  const state = ProjectState.fromModels(metas)
  await database().alterSchema(async (editor) => {
    for (const { model } of creationOrder(state.models)) {
      if (!ownsTable(model, vendor)) continue
      const meta = state.registry.get(`${model.app}.${model.name}`)
      await editor.createTable(modelTable(meta, vendor))
      for (const field of meta.manyToMany)
        if (field.ownsTable) await editor.createTable(pairTable(field.through, vendor))
    }
  })
}
