import { addField } from '../operations/field-operations.ts'
import { addConstraint, addIndex } from '../operations/index-operations.ts'
import { type CreateModelOptions, createModel } from '../operations/model-operations.ts'
import { labelOf, type ModelState } from '../state/model-state.ts'
import type { Change } from './change.ts'
import type { ChangeList } from './change-list.ts'
import { type Creation, creationOrder, speaksOf } from './creation-order.ts'

/** Makes models, each after those it points to; what closes a circle of models is added once all of them are there. */
export function detectCreatedModels(
  list: ChangeList,
  created: readonly ModelState[],
  after: readonly Change[] = [],
): void {
  const order = creationOrder(created)
  for (const creation of order) list.created(labelOf(creation.model), create(list, creation, after))
  for (const creation of order) addDeferred(list, creation)
}

function create(list: ChangeList, { model, deferred }: Creation, before: readonly Change[]): Change {
  const after = before.filter(({ app }) => app === model.app)
  const now = [...model.fields].filter(([name]) => !deferred.includes(name))
  const { indexes, constraints, proxyFor } = model.options
  const ready = <T extends object>(options: readonly T[]) => options.filter((one) => !speaksOf([one], deferred))
  const options = {
    ...creationOptions(model),
    ...nonEmpty('indexes', ready(indexes)),
    ...nonEmpty('constraints', ready(constraints)),
  }
  const declarations = Object.fromEntries(now.map(([name, field]) => [name, field.declaration]))
  return list.add(model.app, createModel(model.name, declarations, options), {
    fields: now.map(([, field]) => field),
    models: proxyFor === undefined ? [] : [proxyFor],
    after,
  })
}

function addDeferred(list: ChangeList, { model, deferred }: Creation): void {
  const added: Change[] = []
  for (const name of deferred) {
    const field = model.fields.get(name)!
    // What is computed stands last, and comes after what it is computed of.
    const after = [...added]
    added.push(
      list.add(model.app, addField(model.name, name, field.declaration), {
        after,
        fields: [field],
        models: [labelOf(model)],
      }),
    )
  }
  const needs = { after: added, models: [labelOf(model)] }
  for (const index of model.options.indexes) {
    if (speaksOf([index], deferred)) list.add(model.app, addIndex(model.name, index), needs)
  }
  for (const constraint of model.options.constraints) {
    if (speaksOf([constraint], deferred)) list.add(model.app, addConstraint(model.name, constraint), needs)
  }
}

function creationOptions({ options }: ModelState): CreateModelOptions {
  const { table, tableComment, managed, requiredDbVendor, proxyFor, swappable } = options
  return {
    ...(table === undefined ? {} : { table }),
    ...(tableComment === undefined ? {} : { tableComment }),
    ...(managed ? {} : { managed }),
    ...(requiredDbVendor === undefined ? {} : { requiredDbVendor }),
    ...(proxyFor === undefined ? {} : { proxyFor }),
    ...(swappable === undefined ? {} : { swappable }),
  }
}

function nonEmpty<K extends string, T>(key: K, list: readonly T[]): { [P in K]?: readonly T[] } {
  return list.length === 0 ? {} : ({ [key]: list } as { [P in K]: readonly T[] })
}
