import type { CheckMessage } from '@nuages/foundation'
import { FieldError } from '../errors.ts'
import { modelOrdering } from '../query/build/model-ordering.ts'
import { ManyToManyField } from '../relations/many-to-many.ts'
import { checkFields } from './check-fields.ts'
import { checkOptions } from './check-options.ts'
import type { ModelMeta, Relation } from './model-meta.ts'

/** Looks at models for what types cannot see. Ids are Django's where the finding is Django's. */
export function checkModels(metas: readonly ModelMeta[]): CheckMessage[] {
  return [...metas.flatMap(checkModel), ...checkTables(metas)]
}

function checkModel(meta: ModelMeta): CheckMessage[] {
  return [
    ...checkRelations(meta),
    ...checkOrdering(meta),
    ...checkOptions(meta),
    ...checkFields(meta),
    ...checkManager(meta),
    ...checkRelatedNames(meta),
  ]
}

function error(id: string, object: string, message: string, hint?: string): CheckMessage {
  return hint === undefined ? { level: 'error', id, message, object } : { level: 'error', id, message, object, hint }
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}

function checkRelations(meta: ModelMeta): CheckMessage[] {
  const relations = [...meta.foreignKeys, ...meta.manyToMany, ...meta.reverses]
  return relations.flatMap((relation) => {
    try {
      void ('field' in relation ? relation.field : relation.target)
      if (relation instanceof ManyToManyField) void relation.sourceKey
      if (!('via' in relation) && relation.target.swapped !== undefined) return [swappedTarget(meta, relation)]
      const ends = relation instanceof ManyToManyField ? [meta, relation.target] : [relation.target]
      const composite = ends.find((end) => end.keyFields.length > 1)
      if (composite && !('via' in relation)) return [noKeyTo(meta, relation.name, composite)]
      return []
    } catch (thrown) {
      return [error('fields.E300', `${meta.label}.${relation.name}`, messageOf(thrown))]
    }
  })
}

function swappedTarget(meta: ModelMeta, { name, target }: Relation): CheckMessage {
  const { label, swapped, options } = target
  const text = `It points to ${label}, which has been swapped for ${swapped} and has no table.`
  const hint = `Let it point to whichever model the setting '${options.swappable}' names: swappable('${options.swappable}'); for users that is userModel of nuages/auth.`
  return error('fields.E301', `${meta.label}.${name}`, text, hint)
}

function noKeyTo(meta: ModelMeta, name: string, to: ModelMeta): CheckMessage {
  const text = `It needs a key to ${to.label}, whose primary key is of several fields: no foreign key can hold that.`
  return error('fields.E347', `${meta.label}.${name}`, text)
}

function checkOrdering(meta: ModelMeta): CheckMessage[] {
  try {
    modelOrdering(meta)
    return []
  } catch (thrown) {
    if (!(thrown instanceof FieldError)) throw thrown
    return [error('models.E015', meta.label, `'ordering' names what is no field: ${thrown.message}`)]
  }
}

/** A class without a manager of its own inherits its parent's, which is bound to the parent. */
function checkManager(meta: ModelMeta): CheckMessage[] {
  const { objects } = meta.model as unknown as { objects?: { model?: unknown } }
  if (objects?.model === undefined || objects.model === meta.model) return []
  const hint = `Give it its own: static objects = manager(${meta.name}).`
  return [error('models.E900', meta.label, 'Its manager belongs to another model.', hint)]
}

function checkRelatedNames(meta: ModelMeta): CheckMessage[] {
  return [...meta.foreignKeys, ...meta.manyToMany].flatMap((relation) => {
    const name = relation instanceof ManyToManyField ? relation.options.relatedName : relation.relatedName
    const other = name === undefined ? undefined : relation.target.relation(name)
    if (name === undefined || (other && 'via' in other && other.via === relation.name)) return []
    const hint = `Add to ${relation.target.name}: get ${name}() { return reverse(${meta.name}, '${relation.name}') }.`
    return [
      error('fields.E900', `${meta.label}.${relation.name}`, `${relation.target.name} has no reverse '${name}'.`, hint),
    ]
  })
}

function checkTables(metas: readonly ModelMeta[]): CheckMessage[] {
  const byTable = Map.groupBy(
    metas.filter(({ proxyFor }) => !proxyFor),
    ({ table }) => table,
  )
  return [...byTable].flatMap(([table, sharing]) =>
    sharing.length < 2
      ? []
      : [error('models.E028', sharing.map(({ label }) => label).join(', '), `They share the table '${table}'.`)],
  )
}
