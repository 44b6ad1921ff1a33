import { targetOf } from '../state/field-state.ts'
import { labelOf, type ModelState } from '../state/model-state.ts'

export interface Creation {
  readonly model: ModelState
  /** Relations to models that come later: they are added when those are there. */
  readonly deferred: readonly string[]
}

/**
 * Orders models so that each comes after those it points to, as they were declared otherwise. Where models point to each
 * other in a circle, the one with the fewest such relations goes first, without them.
 */
export function creationOrder(models: readonly ModelState[]): Creation[] {
  const waiting = new Map(models.map((model) => [labelOf(model).toLowerCase(), model]))
  const missing = (model: ModelState) =>
    [...model.fields].filter(([, field]) => {
      const target = targetOf(field)?.toLowerCase()
      return target !== undefined && target !== labelOf(model).toLowerCase() && waiting.has(target)
    })
  const order: Creation[] = []
  while (waiting.size > 0) {
    const candidates = [...waiting.values()].map((model) => ({ model, deferred: missing(model).map(([name]) => name) }))
    const next = candidates.reduce((best, one) => (one.deferred.length < best.deferred.length ? one : best))
    waiting.delete(labelOf(next.model).toLowerCase())
    order.push(next)
  }
  return order
}
