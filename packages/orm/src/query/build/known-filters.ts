import type { ModelMeta } from '../../models/model-meta.ts'
import { Expression } from '../expressions/expression.ts'
import { type LookupPath, lookupPath } from '../lookup-path.ts'
import type { Conditions } from '../q.ts'
import { isQuerySource, type Query } from '../query.ts'
import { type ComparedValue, comparisonOf } from './where-builder.ts'

/** What one key of a filter came to: as long as a value comes to the same, the tree and the text are those of before. */
interface KnownKey {
  readonly path: LookupPath
  readonly operator: ComparedValue['operator']
  readonly folded: boolean
  readonly dropsTransform: boolean
  readonly count: number
}

interface KnownFilter {
  readonly keys: readonly KnownKey[]
  readonly shape: string
  readonly steps: Query['steps']
  readonly next: KnownFilters
}

/** A filter by the names of its keys, one by one: joined they would make a new text to hash each time. */
class KeyTree {
  readonly below = new Map<string, KeyTree>()
  filter: KnownFilter | undefined

  at(keys: readonly string[]): KeyTree | undefined {
    let tree: KeyTree | undefined = this
    for (let index = 0; index < keys.length && tree !== undefined; index++) tree = tree.below.get(keys[index]!)
    return tree
  }

  made(keys: readonly string[]): KeyTree {
    let tree: KeyTree = this
    for (const key of keys) {
      const below: KeyTree = tree.below.get(key) ?? new KeyTree()
      tree.below.set(key, below)
      tree = below
    }
    return tree
  }
}

/** Keys may come from a request: what is remembered of them must not fill the memory. */
const limit = 500

/**
 * The filters that queries of one shape were given, so that a filter that is written in code is read once, and then takes its
 * values. It holds for a query as long as that has the shape: whatever else is done to a query changes it.
 */
export class KnownFilters {
  readonly shape: string
  /** That of `get`. */
  readonly shapeOfGet: string
  #filters = new KeyTree()
  #excludes = new KeyTree()
  #count = 0

  constructor(shape: string) {
    this.shape = shape
    this.shapeOfGet = `${shape} get`
  }

  /** The query that such a filter makes; `undefined` where it has to be built. */
  apply(query: Query, conditions: Conditions, negated: boolean): Query | undefined {
    const names = Object.keys(conditions)
    const filter = (negated ? this.#excludes : this.#filters).at(names)?.filter
    if (filter === undefined) return undefined
    const values = query.values.slice()
    for (let index = 0; index < names.length; index++) {
      const name = names[index]!
      const value = conditions[name]
      const key = filter.keys[index]!
      if (!isPlain(value)) return undefined
      const { operator, params, folded = false, dropsTransform = false } = comparisonOf(key.path, name, value)
      const isSame = operator === key.operator && params.length === key.count && folded === key.folded
      if (!isSame || dropsTransform !== key.dropsTransform) return undefined
      for (let at = 0; at < params.length; at++) values.push(params[at]!)
    }
    return { ...query, shape: filter.shape, values, steps: filter.steps, known: filter.next }
  }

  /** Remembers what a filter made of `query`. */
  learn(query: Query, conditions: Conditions, negated: boolean, built: Query): Query {
    if (query.annotations.size > 0 || query.filteredRelations.size > 0) return built
    const names = Object.keys(conditions)
    if (names.length === 0 || !names.every((name) => isPlain(conditions[name]))) return built
    // A key of several fields is as many conditions.
    if (names.some((name) => lookupPath(query.meta, name).field.kind === 'composite')) return built
    // A key of JSON is a value too, which stands before the one that it is compared with.
    if (names.some((name) => lookupPath(query.meta, name).transforms.some(({ values }) => values))) return built
    if (++this.#count > limit) {
      this.#count = 0
      this.#filters = new KeyTree()
      this.#excludes = new KeyTree()
    }
    const keys = names.map((name): KnownKey => {
      const path = lookupPath(query.meta, name)
      const { operator, params, folded = false, dropsTransform = false } = comparisonOf(path, name, conditions[name])
      return { path, operator, folded, dropsTransform, count: params.length }
    })
    const next = new KnownFilters(built.shape)
    const tree = (negated ? this.#excludes : this.#filters).made(names)
    tree.filter = { keys, shape: built.shape, steps: built.steps, next }
    return { ...built, known: next }
  }
}

const ofAllRows = new WeakMap<ModelMeta, KnownFilters>()

/** Those of a query's shape, where there are any. */
export function knownFilters(query: Query): KnownFilters | undefined {
  if (query.known?.shape === query.shape) return query.known
  if (query.shape !== '') return undefined
  let known = ofAllRows.get(query.meta)
  if (known === undefined) {
    known = new KnownFilters('')
    ofAllRows.set(query.meta, known)
  }
  return known
}

/** Whether a value is bound as it is. */
function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value !== undefined
  if (Array.isArray(value)) return !value.some((item) => item instanceof Expression)
  return !(value instanceof Expression) && !isQuerySource(value)
}
