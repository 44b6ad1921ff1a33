import type { AnyRow } from '../options/any-model.ts'

/** Whether a value is a row of a model. */
export function isRow(value: unknown): value is AnyRow {
  if (typeof value !== 'object' || value === null) return false
  const model: unknown = value.constructor
  return typeof model === 'function' && 'fields' in model && 'DoesNotExist' in model
}
