import { isDeepStrictEqual } from 'node:util'
import { Field } from '../../fields/field.ts'
import { lastingOptions } from './lasting-options.ts'

/** Whether two declarations say the same: expressions, fields, Temporal and decimal values compare by what they say. */
export function isSame(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(plainForm(one), plainForm(other))
}

/** A value as data that can be compared, without keys whose value is `undefined`. */
export function plainForm(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  if (Array.isArray(value)) return value.map(plainForm)
  if (value instanceof Field) return { factory: value.factory, options: optionsOf(value) }
  const prototype: unknown = Object.getPrototypeOf(value)
  const kind = value.constructor?.name ?? ''
  if (prototype === Object.prototype || prototype === null) return entries(value)
  // What has keys of its own is told by them: expressions, fields, functions of SQL.
  const own = entries(value)
  if (Object.keys(own).length > 0 && !isText(value)) return { kind, ...own }
  return `${kind} ${String(value)}`
}

function optionsOf(field: Field): unknown {
  const { factory, options } = field.deconstruct()
  return entries(lastingOptions(factory, options))
}

function entries(value: object): Record<string, unknown> {
  const known = Object.entries(value).filter(([, item]) => item !== undefined)
  return Object.fromEntries(known.map(([key, item]) => [key, plainForm(item)]))
}

/** Decimals have keys, in which the same number may be told in two ways. */
function isText(value: object): boolean {
  return value.constructor?.name === 'Decimal'
}
