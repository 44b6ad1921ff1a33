import { anyModel, type Effect } from './effect.ts'

/**
 * Whether two operations that follow each other may do so the other way round: the state is the same after both, and a
 * database can do each of them at its new place. The tables are what the state says, so it is the way there that matters.
 * `keepsOrder` also keeps the order of fields, indexes and constraints, which does not matter for what will vanish.
 */
export function canSwap(first: Effect, second: Effect, keepsOrder = true): boolean {
  if (meet(first.names, second.names)) return false
  if (isAbout(first, second.models) || isAbout(second, first.models)) return false
  if (second.kind === 'deleteModel' && releasesModels.has(first.kind)) return false
  if (freesTable.has(first.kind) && takesTable.has(second.kind)) return false
  if (first.model !== second.model) return true
  if (meet(first.fields, second.fields) || meet(first.fields, second.reads) || meet(first.reads, second.fields)) {
    return false
  }
  if (narrows.has(second.kind) && releasesFields(first)) return false
  return !(keepsOrder && first.kind === second.kind && appends.has(first.kind))
}

function meet(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return !one.isDisjointFrom(other)
}

function isAbout(effect: Effect, models: ReadonlySet<string>): boolean {
  if (models.size > 0 && effect.mentions.has(anyModel)) return true
  return models.has(effect.model) || meet(models, effect.mentions) || meet(models, effect.models)
}

/** After these a relation may be gone that held a model: which one, they do not say. */
const releasesModels: ReadonlySet<string> = new Set(['alterField', 'removeField', 'deleteModel'])

/**
 * Whether after it something may no longer speak of a field that it spoke of, without saying which. A field that is altered
 * is computed afterwards if it was before.
 */
function releasesFields({ kind, reads }: Effect): boolean {
  return kind === 'alterField' ? reads.size > 0 : removes.has(kind)
}

const removes: ReadonlySet<string> = new Set(['removeField', 'removeIndex', 'removeConstraint'])
const narrows: ReadonlySet<string> = new Set(['alterField', 'removeField'])

/** A table's name may be had once another table let go of it. */
const freesTable: ReadonlySet<string> = new Set(['alterModelTable', 'renameModel', 'deleteModel'])
const takesTable: ReadonlySet<string> = new Set(['alterModelTable', 'renameModel', 'createModel'])

const appends: ReadonlySet<string> = new Set(['addField', 'addIndex', 'addConstraint'])
