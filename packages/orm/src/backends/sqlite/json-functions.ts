import type { FunctionHost } from './function-host.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** As PostgreSQL's jsonb orders values of different types. */
const ranks = ['null', 'string', 'number', 'boolean', 'array', 'object'] as const

function rank(value: Json): number {
  if (value === null) return 0
  return ranks.indexOf((Array.isArray(value) ? 'array' : typeof value) as (typeof ranks)[number])
}

function parse(text: string): Json {
  return JSON.parse(text) as Json
}

function isObject(value: Json): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Shorter keys first, as jsonb keeps them. */
function keysOf(value: { [key: string]: Json }): string[] {
  return Object.keys(value).sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
}

function compareScalars(a: string | number | boolean, b: typeof a): number {
  return a === b ? 0 : a < b ? -1 : 1
}

/** The order of jsonb: by type, then size, then what is in it. */
function compare(a: Json, b: Json): number {
  const byRank = rank(a) - rank(b)
  if (byRank !== 0 || a === null || b === null) return Math.sign(byRank)
  if (Array.isArray(a) && Array.isArray(b)) return compareLists(a, b)
  if (isObject(a) && isObject(b)) {
    const [left, right] = [keysOf(a), keysOf(b)]
    const pairs = (object: { [key: string]: Json }, keys: string[]): Json[] =>
      keys.flatMap((key) => [key, object[key]!])
    return left.length === right.length
      ? compareLists(pairs(a, left), pairs(b, right))
      : left.length < right.length
        ? -1
        : 1
  }
  return compareScalars(a as string, b as string)
}

function compareLists(a: readonly Json[], b: readonly Json[]): number {
  if (a.length !== b.length) return a.length < b.length ? -1 : 1
  for (const [index, value] of a.entries()) {
    const order = compare(value, b[index]!)
    if (order !== 0) return order
  }
  return 0
}

/** PostgreSQL's `@>`: an object holds the members, an array the elements, in any order; an array also holds one scalar. */
function contains(document: Json, part: Json, isTop = true): boolean {
  if (Array.isArray(document)) {
    if (Array.isArray(part)) return part.every((each) => document.some((element) => contains(element, each, false)))
    return isTop && !isObject(part) && document.some((element) => compare(element, part) === 0)
  }
  if (isObject(document)) {
    if (!isObject(part)) return false
    return Object.entries(part).every(
      ([key, value]) => Object.hasOwn(document, key) && contains(document[key]!, value, false),
    )
  }
  return !Array.isArray(part) && !isObject(part) && compare(document, part) === 0
}

/** PostgreSQL's `?`: a key of an object, a string in an array, or the string itself. */
function has(document: Json, key: string): boolean {
  if (Array.isArray(document)) return document.includes(key)
  return isObject(document) ? Object.hasOwn(document, key) : document === key
}

function member(document: Json, key: string): string | null {
  return isObject(document) && Object.hasOwn(document, key) ? JSON.stringify(document[key]) : null
}

/** A function of two texts, NULL where one is. */
function ofTwo(work: (a: string, b: string) => number | string | null) {
  return (a: string | null, b: string | null) => (a === null || b === null ? null : work(String(a), String(b)))
}

/** What the lookups of JSON call: documents are compared as PostgreSQL's jsonb are. */
export function registerJsonFunctions(host: FunctionHost): void {
  const options = { deterministic: true }
  const keys = (text: string): string[] => parse(text) as string[]
  host.function(
    'nuages_json_order',
    options,
    ofTwo((a, b) => (a === b ? 0 : compare(parse(a), parse(b)))),
  )
  host.function(
    'nuages_json_contains',
    options,
    ofTwo((a, b) => Number(contains(parse(a), parse(b)))),
  )
  host.function(
    'nuages_json_has_all',
    options,
    ofTwo((a, b) => Number(keys(b).every((key) => has(parse(a), key)))),
  )
  host.function(
    'nuages_json_has_any',
    options,
    ofTwo((a, b) => Number(keys(b).some((key) => has(parse(a), key)))),
  )
  host.function(
    'nuages_json_has',
    options,
    ofTwo((a, b) => Number(has(parse(a), b))),
  )
  host.function(
    'nuages_json_member',
    options,
    ofTwo((a, b) => member(parse(a), b)),
  )
}
