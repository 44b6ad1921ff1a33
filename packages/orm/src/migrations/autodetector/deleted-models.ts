import { removeField } from '../operations/field-operations.ts'
import { deleteModel } from '../operations/model-operations.ts'
import { relatedLabels } from '../state/field-state.ts'
import { labelOf, type ModelState } from '../state/model-state.ts'
import type { ChangeList } from './change-list.ts'
import { creationOrder } from './creation-order.ts'

/** Models go after all that needs them; those that point to each other lose their relations first. */
export function detectDeletedModels(list: ChangeList, deleted: readonly ModelState[]): void {
  const order = creationOrder(deleted).reverse()
  for (const { model, deferred } of order) {
    // What is computed of a relation stands after it, and goes before.
    for (const name of deferred.toReversed()) {
      const after = list.releasesOf(labelOf(model))
      const change = list.add(model.app, removeField(model.name, name), { after })
      list.released([labelOf(model), ...relatedLabels(model.fields.get(name)!)], change)
    }
  }
  for (const { model, deferred } of order) {
    const change = list.add(model.app, deleteModel(model.name), { after: list.releasesOf(labelOf(model)) })
    const kept = [...model.fields].filter(([name]) => !deferred.includes(name))
    list.released([...kept.flatMap(([, field]) => relatedLabels(field)), model.options.proxyFor ?? ''], change)
  }
}
