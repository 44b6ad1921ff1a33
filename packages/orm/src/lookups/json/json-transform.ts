import type { Field } from '../../fields/field.ts'
import type { Transform } from '../transform.ts'
import { jsonFunction } from './json-functions.ts'

/** A key that is a number is the place of an element; in a list from its end where it is negative. */
const place = /^-?(?:0|[1-9]\d{0,8})$/
/** What a path of SQLite's has its own meaning for. */
const odd = /["\\]/

/**
 * The part of a document that a name in a path stands for: `data__owner`, `data__0`. The key is a bound value, so that no
 * text of it reaches the SQL. `output` reads what is there.
 */
export function jsonTransform(name: string, output: Field): Transform {
  if (place.test(name)) return { name, output, fn: jsonFunction('element', () => output), values: [Number(name)] }
  const fn = jsonFunction(odd.test(name) ? 'oddKey' : 'key', () => output)
  return { name, output, fn, values: [name] }
}
