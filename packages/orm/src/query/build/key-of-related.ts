import { FieldValueError } from '../../errors.ts'
import type { ModelMeta, RuntimeModel } from '../../models/model-meta.ts'
import { Reference, Row } from '../../models/row.ts'

/** The key that a relation is compared by: rows and references give theirs, all else is taken as a key. */
export function keyOfRelated(target: ModelMeta, lookup: string, value: unknown, key: string): unknown {
  if (lookup === 'in' && typeof value === 'object' && value !== null && Symbol.iterator in value) {
    return [...(value as Iterable<unknown>)].map((item) => keyOf(target, item, key))
  }
  return keyOf(target, value, key)
}

/** The key of one row of `target`. Throws `FieldValueError` for a row of another model, or one that is not saved. */
export function keyOf(target: ModelMeta, value: unknown, key: string): unknown {
  if (value instanceof Reference) {
    if (value.target.concrete !== target.concrete) throw new FieldValueError(key, `a row of ${target.name}`, value)
    return value.id
  }
  if (!Row.has(value)) return value
  const { meta } = value.constructor as unknown as RuntimeModel
  if (meta.concrete !== target.concrete) throw new FieldValueError(key, `a row of ${target.name}`, value)
  const id = (value as unknown as Record<string, unknown>)[target.pk.attribute]
  if (id === null || id === undefined) throw new FieldValueError(key, `a saved row of ${target.name}`, value)
  return id
}
