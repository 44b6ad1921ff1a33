import type { FilterThis } from '../engine.ts'
import { conditionalEscape, markSafe, SafeString } from '../safe-string.ts'
import { textOf } from './filter-text.ts'
import { withKeywords } from './keyword-filter.ts'

/** What can be counted or gone through, as an array: of a text its characters, of an object its keys. */
export function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  if (value === null || value === undefined) return []
  if (typeof value === 'string' || value instanceof SafeString) return [...value.toString()]
  if (typeof value !== 'object') return []
  return Symbol.iterator in value ? Array.from(value as Iterable<unknown>) : Object.keys(value)
}

/** Joined as safe HTML when an item or the separator is, the others escaped. */
function join(this: FilterThis, value: unknown, separator: unknown = '', attribute?: string): string | SafeString {
  const items = listOf(value).map((item) => (attribute === undefined ? item : this.lookup(item, attribute)))
  const hasSafe = separator instanceof SafeString || items.some((item) => item instanceof SafeString)
  if (!hasSafe) return items.map(textOf).join(textOf(separator))
  return markSafe(items.map(conditionalEscape).join(conditionalEscape(separator)))
}

/** A text such as `':5'` or `'1:3'` is Django's `slice`; a number is Nunjucks': so many columns. */
function slice(value: unknown, argument: unknown, fillWith?: unknown): unknown {
  if (typeof argument === 'number') return columns(listOf(value), argument, fillWith)
  const [start, end] = textOf(argument)
    .split(':')
    .map((part) => (part === '' ? undefined : Number(part)))
  const isText = typeof value === 'string' || value instanceof SafeString
  const bounds: [number | undefined, number | undefined] = textOf(argument).includes(':') ? [start, end] : [0, start]
  const part = listOf(value).slice(...bounds)
  return isText ? part.join('') : part
}

function columns(items: readonly unknown[], count: number, fillWith: unknown): unknown[][] {
  const [size, extra] = [Math.floor(items.length / count), items.length % count]
  return Array.from({ length: count }, (_, index) => {
    const start = index * size + Math.min(index, extra)
    const column = items.slice(start, start + size + (index < extra ? 1 : 0))
    return fillWith !== undefined && index >= extra && extra > 0 ? [...column, fillWith] : column
  })
}

/** By an attribute, in the order in which the groups first appear: a `Map`. */
function groupBy(this: FilterThis, value: unknown, attribute: string): Map<unknown, unknown[]> {
  return Map.groupBy(listOf(value), (item) => this.lookup(item, attribute))
}

function compare(a: unknown, b: unknown, isCaseSensitive: boolean): number {
  if (typeof a === 'object' && typeof b === 'object' && a !== null && b !== null && a.constructor === b.constructor) {
    const { compare } = a.constructor as { compare?(a: unknown, b: unknown): number }
    if (compare) return compare(a, b)
  }
  const [left, right] = [a, b].map((side) =>
    typeof side === 'string' && !isCaseSensitive ? side.toLowerCase() : side,
  ) as [number, number]
  return left < right ? -1 : left > right ? 1 : 0
}

interface SortOptions {
  readonly reverse?: unknown
  readonly isCaseSensitive?: unknown
  readonly attribute?: string | undefined
}

function sorted(self: FilterThis, value: unknown, { reverse, isCaseSensitive, attribute }: SortOptions): unknown[] {
  const keyed = listOf(value).map((item) => ({
    item,
    key: attribute === undefined ? item : self.lookup(item, attribute),
  }))
  const sign = reverse ? -1 : 1
  return keyed.sort((a, b) => sign * compare(a.key, b.key, Boolean(isCaseSensitive))).map(({ item }) => item)
}

/** A list by an attribute, as Django's; the entries of an object by key or `'value'`, as Nunjucks'. */
function dictSort(self: FilterThis, value: unknown, by: unknown, reverse: boolean): unknown[] {
  if (typeof value === 'object' && value !== null && !(Symbol.iterator in value)) {
    return sorted(self, Object.entries(value), { attribute: by === 'value' ? '1' : '0', reverse })
  }
  return sorted(self, value, { attribute: by === undefined ? undefined : textOf(by), reverse, isCaseSensitive: true })
}

export const listFilters = {
  dictsort(this: FilterThis, value: unknown, by?: unknown) {
    return dictSort(this, value, by, false)
  },
  dictsortreversed(this: FilterThis, value: unknown, by?: unknown) {
    return dictSort(this, value, by, true)
  },
  first: (value: unknown) => listOf(value)[0],
  groupby: groupBy,
  join,
  last: (value: unknown) => listOf(value).at(-1),
  // A set or a map is asked, not gone through: for some, such as messages, that means something.
  length: (value: unknown) => (value instanceof Set || value instanceof Map ? value.size : listOf(value).length),
  list: (value: unknown) => listOf(value),
  random(value: unknown) {
    const items = listOf(value)
    return items[Math.floor(Math.random() * items.length)]
  },
  rejectattr(this: FilterThis, value: unknown, attribute: string) {
    return listOf(value).filter((item) => !this.truthy(this.lookup(item, attribute)))
  },
  selectattr(this: FilterThis, value: unknown, attribute: string) {
    return listOf(value).filter((item) => this.truthy(this.lookup(item, attribute)))
  },
  slice,
  sort: withKeywords(
    ['value', 'reverse', 'case_sensitive', 'attribute'],
    function (this: FilterThis, value, reverse, isCaseSensitive, attribute) {
      return sorted(this, value, { reverse, isCaseSensitive, attribute: attribute as string | undefined })
    },
  ),
  sum(this: FilterThis, value: unknown, attribute?: string, start = 0) {
    const numbers = listOf(value).map(
      (item) => (attribute === undefined ? item : this.lookup(item, attribute)) as number,
    )
    return numbers.reduce((sum, number) => sum + number, start)
  },
}
