import { CompositeKeyField } from '../../fields/composite-key-field.ts'
import { GeneratedField } from '../../fields/generated-field.ts'
import { ForeignKeyField } from '../../relations/foreign-key.ts'
import { ManyToManyField } from '../../relations/many-to-many.ts'
import { type FieldState, sameField, targetOf } from '../state/field-state.ts'
import { labelOf, type ModelState } from '../state/model-state.ts'

/** What may be said in several types: a title that became text, a count that became a decimal. */
const families: Readonly<Record<string, string>> = {
  bigint: 'integer',
  decimal: 'integer',
  float: 'integer',
  dateTime: 'date',
  time: 'date',
}

/** How much a field that came is like one that went: 0 where it cannot be the same, more the likelier it is. */
export function fieldLikeness(gone: FieldState, came: FieldState): number {
  if (sameField(gone, came)) return 4
  const family = familyOf(gone)
  if (family === undefined || family !== familyOf(came)) return 0
  return gone.factory === came.factory ? 2 : 1
}

/** By what a field can be taken for another. What is computed, and keys of several fields, can be so only where they are the same. */
function familyOf(state: FieldState): string | undefined {
  const { declaration, options } = state
  const target = targetOf(state)?.toLowerCase()
  if (declaration instanceof ManyToManyField) {
    return `pairs with ${target} through ${String(options.through).toLowerCase()}`
  }
  if (declaration instanceof GeneratedField || declaration instanceof CompositeKeyField) return undefined
  const key = declaration.primaryKey ? 'key ' : ''
  if (declaration instanceof ForeignKeyField) return `${key}relation to ${target}`
  return key + (families[declaration.kind] ?? declaration.kind)
}

/** How much a model that came is like one that went: the share of their fields that both have, 0 where that is less than half. */
export function modelLikeness(gone: ModelState, came: ModelState): number {
  if (gone.options.proxyFor !== undefined || came.options.proxyFor !== undefined) {
    return gone.options.proxyFor?.toLowerCase() === came.options.proxyFor?.toLowerCase() ? 1 : 0
  }
  const names = new Set([...ownFields(gone), ...ownFields(came)])
  const shared = [...names].filter((name) => {
    const [before, after] = [gone.fields.get(name), came.fields.get(name)]
    return before && after && (bothToSelf(gone, before, came, after) || fieldLikeness(before, after) > 0)
  })
  const likeness = names.size === 0 ? 1 : shared.length / names.size
  return likeness >= 0.5 ? likeness : 0
}

/** The key that nobody declared says nothing of what a model is. */
function ownFields({ fields }: ModelState): string[] {
  const named = [...fields].filter(
    ([name, { factory, options }]) => name !== 'id' || factory !== 'bigAuto' || Object.keys(options).length > 0,
  )
  return named.map(([name]) => name)
}

function bothToSelf(gone: ModelState, before: FieldState, came: ModelState, after: FieldState): boolean {
  const isSelf = (model: ModelState, field: FieldState) =>
    targetOf(field)?.toLowerCase() === labelOf(model).toLowerCase()
  return before.factory === after.factory && isSelf(gone, before) && isSelf(came, after)
}
