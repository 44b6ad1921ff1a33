import type { ModelName } from './schema.ts'

/**
 * A query in a form that both sides read: JSON. A node says what is called, with what, and which methods are called on what
 * that gives: `{ "$": "query", "args": ["Book"], "calls": [["filter", { "pages__gt": 3 }]] }`. Expressions are nodes, and so
 * are values that JSON does not have. Names are those of Nuages; Django's side translates them.
 */
export interface NeutralNode {
  readonly $: string
  readonly args: readonly unknown[]
  readonly calls: readonly (readonly [method: string, ...args: unknown[]])[]
}

const querySetMethods = [
  ...(['all', 'filter', 'exclude', 'annotate', 'alias', 'orderBy', 'reverse', 'distinct', 'slice', 'values'] as const),
  ...(['valuesList', 'dates', 'datetimes', 'none', 'union', 'intersection', 'difference', 'selectRelated'] as const),
  ...(['prefetchRelated', 'defer', 'only', 'get', 'create', 'getOrCreate', 'updateOrCreate', 'bulkCreate'] as const),
  ...([
    'bulkUpdate',
    'count',
    'inBulk',
    'iterator',
    'latest',
    'earliest',
    'first',
    'last',
    'aggregate',
    'exists',
  ] as const),
  ...(['contains', 'update', 'delete', 'raw'] as const),
]

/** `attribute` reads a name of an instance; `assign` sets some. */
const instanceMethods = ['attribute', 'assign', 'save', 'refreshFromDb', 'remove', 'set', 'clear'] as const

const expressionMethods = [
  ...([
    'add',
    'subtract',
    'multiply',
    'divide',
    'modulo',
    'power',
    'negate',
    'asc',
    'desc',
    'and',
    'or',
    'not',
  ] as const),
  ...(['xor', 'bitand', 'bitor', 'bitxor', 'bitleftshift', 'bitrightshift'] as const),
]

const methods = [...querySetMethods, ...instanceMethods, ...expressionMethods]

/** A node that notes down the methods called on it. */
export type Recorded = NeutralNode & {
  readonly [M in (typeof methods)[number]]: (...args: readonly unknown[]) => Recorded
}

class Recorder implements NeutralNode {
  readonly $: string
  readonly args: readonly unknown[]
  readonly calls: NeutralNode['calls']

  constructor($: string, args: readonly unknown[], calls: NeutralNode['calls'] = []) {
    this.$ = $
    this.args = args
    this.calls = calls
  }
}

for (const method of methods) {
  Object.defineProperty(Recorder.prototype, method, {
    value(this: Recorder, ...args: unknown[]): Recorder {
      return new Recorder(this.$, this.args, [...this.calls, [method, ...args]])
    },
  })
}

export function node(name: string, ...args: readonly unknown[]): Recorded {
  return new Recorder(name, args) as unknown as Recorded
}

export function isNode(value: unknown): value is NeutralNode {
  return typeof value === 'object' && value !== null && '$' in value
}

/** All rows of a model, to call the methods of a queryset on. */
export function query(model: ModelName): Recorded {
  return node('query', model)
}

export const Country: Recorded = query('Country')
export const Publisher: Recorded = query('Publisher')
export const Author: Recorded = query('Author')
export const Profile: Recorded = query('Profile')
export const Tag: Recorded = query('Tag')
export const Book: Recorded = query('Book')
export const Contribution: Recorded = query('Contribution')
export const Review: Recorded = query('Review')
export const Sale: Recorded = query('Sale')

/** Values that JSON does not have. */
export const plainDate = (text: string): Recorded => node('plainDate', text)
export const plainTime = (text: string): Recorded => node('plainTime', text)
export const instant = (text: string): Recorded => node('instant', text)
/** In microseconds. */
export const micros = (count: number): Recorded => node('micros', count)
export const money = (text: string): Recorded => node('money', text)
export const big = (text: string): Recorded => node('big', text)
export const bytes = (hex: string): Recorded => node('bytes', hex)
