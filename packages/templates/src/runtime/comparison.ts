import { TemplateError } from '../errors.ts'
import { SafeString } from '../safe-string.ts'
import { isPlainObject } from './truth.ts'

interface Comparable {
  equals(other: unknown): boolean
}

/** The static half of Temporal's classes, and of others that order their instances: `Class.compare(a, b)`. */
interface Ordering {
  compare?(a: unknown, b: unknown): number
}

/** Whether two values are the same to a template: objects of one class that have `equals`, such as dates, by that. */
export function isSame(a: unknown, b: unknown): boolean {
  // biome-ignore lint/suspicious/noDoubleEquals: '==' of a template is that of Nunjucks, which is JavaScript's
  if (a == b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (a instanceof SafeString || a instanceof Date) return b.constructor === a.constructor && String(a) === String(b)
  return a.constructor === b.constructor && hasEquals(a) && a.equals(b)
}

function hasEquals(value: object): value is Comparable {
  return typeof (value as Partial<Comparable>).equals === 'function'
}

/** One comparison of a template. Two values of a class with a static `compare`, such as Temporal's, are ordered by it. */
export function compareValues(a: unknown, operator: string, b: unknown): boolean {
  switch (operator) {
    case '==':
      return isSame(a, b)
    case '!=':
      return !isSame(a, b)
    case '===':
      return a === b
    case '!==':
      return a !== b
    default:
      return order(a, operator, b)
  }
}

function order(a: unknown, operator: string, b: unknown): boolean {
  let [left, right] = [a as number, b as number]
  if (typeof a === 'object' && typeof b === 'object' && a !== null && b !== null && a.constructor === b.constructor) {
    const { compare } = a.constructor as Ordering
    if (compare) [left, right] = [compare(a, b), 0]
  }
  switch (operator) {
    case '<':
      return left < right
    case '>':
      return left > right
    case '<=':
      return left <= right
    default:
      return left >= right
  }
}

/** `item in container`, of lists, texts and dictionaries; `use` loads what stands in a list. Nothing is in what is not there. */
export function holds(container: unknown, item: unknown, use: (value: unknown) => unknown): boolean {
  if (container === undefined || container === null) return false
  if (typeof container === 'string' || container instanceof SafeString) return String(container).includes(String(item))
  if (container instanceof Map || container instanceof Set) return container.has(item)
  if (typeof container === 'object') {
    if (Symbol.iterator in container)
      return Array.from(container as Iterable<unknown>).some((other) => isSame(use(other), item))
    if (isPlainObject(container)) return Object.hasOwn(container, item as PropertyKey)
  }
  throw new TemplateError(`'in' asks for a list, a text or a dictionary, not ${typeof container}`)
}
