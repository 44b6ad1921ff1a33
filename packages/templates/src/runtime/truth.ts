import { SafeString } from '../safe-string.ts'

/**
 * Python's truth, as Django's and Jinja's templates have it: besides JavaScript's false values, an empty list, `Map`,
 * `Set`, plain object or safe string is false.
 */
export function isTruthy(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return Boolean(value)
  if (Array.isArray(value) || value instanceof SafeString) return value.length > 0
  if (value instanceof Map || value instanceof Set) return value.size > 0
  return !isPlainObject(value) || Object.keys(value).length > 0
}

export function isPlainObject(value: object): value is Record<string, unknown> {
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
