import { ForeignKeyField } from '../../relations/foreign-key.ts'
import { type FieldState, isManyToMany, relatedLabels } from '../state/field-state.ts'
import { labelOf, type ModelState } from '../state/model-state.ts'
import { fieldsIn } from '../state/rename-in-option.ts'
import { isComputed } from './is-computed.ts'

export interface Creation {
  readonly model: ModelState
  /** Relations to models that come later, and what is computed of them: they are added when those are there. */
  readonly deferred: readonly string[]
}

/**
 * Orders models so that each comes after those it points to, as they were declared otherwise. Where models point to each
 * other in a circle, the one that can best do without goes first.
 */
export function creationOrder(models: readonly ModelState[]): Creation[] {
  const waiting = new Map(models.map((model) => [labelOf(model).toLowerCase(), model]))
  const order: Creation[] = []
  while (waiting.size > 0) {
    const candidates = [...waiting.values()]
      .map((model) => ({ model, missing: missingFields(model, waiting) }))
      .map((candidate) => ({ ...candidate, price: price(candidate, waiting) }))
    const next = candidates.reduce((best, one) => (one.price < best.price ? one : best))
    waiting.delete(labelOf(next.model).toLowerCase())
    order.push({ model: next.model, deferred: deferredFields(next.model, next.missing) })
  }
  return order
}

type NamedField = readonly [name: string, field: FieldState]

function missingFields(model: ModelState, waiting: ReadonlyMap<string, ModelState>): NamedField[] {
  const own = labelOf(model).toLowerCase()
  return [...model.fields].filter(([, field]) =>
    relatedLabels(field).some((label) => label.toLowerCase() !== own && waiting.has(label.toLowerCase())),
  )
}

/** A many-to-many is easily added later, a column less so; a key and a proxy's model cannot. */
function price(
  { model, missing }: { model: ModelState; missing: readonly NamedField[] },
  waiting: ReadonlyMap<string, ModelState>,
): number {
  if (waiting.has(model.options.proxyFor?.toLowerCase() ?? '')) return Infinity
  const prices = missing.map(([, field]) => (isManyToMany(field) ? 1 : isKey(field) ? 10_000 : 100))
  return prices.reduce((sum, one) => sum + one, 0)
}

function isKey({ declaration }: FieldState): boolean {
  return declaration instanceof ForeignKeyField && declaration.primaryKey
}

function deferredFields(model: ModelState, missing: readonly NamedField[]): string[] {
  const names = missing.map(([name]) => name)
  const computed = [...model.fields].filter(([, field]) => isComputed(field) && speaksOf([field.options], names))
  return [...names, ...computed.map(([name]) => name)]
}

/** Whether an index, a constraint or a computed field has to do with one of these fields, by its name or that of its key. */
export function speaksOf(options: readonly object[], names: readonly string[]): boolean {
  const all = new Set(names.flatMap((name) => [name, `${name}Id`]))
  return options.some((option) => {
    const { expression } = option as { expression?: unknown }
    return [...fieldsIn(expression === undefined ? option : { expressions: [expression] })].some((name) =>
      all.has(name),
    )
  })
}
