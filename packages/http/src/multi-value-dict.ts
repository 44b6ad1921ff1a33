import { inspect } from 'node:util'

/** A map whose keys may each have several values, in the order they came. Django's `MultiValueDict`, read-only. */
export class MultiValueDict<Value> {
  readonly #lists: ReadonlyMap<string, readonly Value[]>

  constructor(pairs: Iterable<readonly [key: string, value: Value]> = []) {
    const lists = new Map<string, Value[]>()
    for (const [key, value] of pairs) {
      const list = lists.get(key)
      if (list === undefined) lists.set(key, [value])
      else list.push(value)
    }
    this.#lists = lists
  }

  /** How many keys there are. */
  get size(): number {
    return this.#lists.size
  }

  has(key: string): boolean {
    return this.#lists.has(key)
  }

  /** The last value of `key`, as with Django; `undefined` where there is none. */
  get(key: string): Value | undefined {
    return this.#lists.get(key)?.at(-1)
  }

  /** Every value of `key`; empty where there is none. Django's `getlist`. */
  getAll(key: string): readonly Value[] {
    return this.#lists.get(key) ?? []
  }

  /** The keys, in the order they first came. */
  keys(): IterableIterator<string> {
    return this.#lists.keys()
  }

  /** Every key with every value. */
  *entries(): IterableIterator<[key: string, value: Value]> {
    for (const [key, list] of this.#lists) for (const value of list) yield [key, value]
  }

  /** Every key with all its values. Django's `lists`. */
  lists(): IterableIterator<[key: string, values: readonly Value[]]> {
    return this.#lists.entries() as IterableIterator<[string, readonly Value[]]>
  }

  [Symbol.iterator](): IterableIterator<[key: string, value: Value]> {
    return this.entries()
  }

  [inspect.custom](): Map<string, readonly Value[]> {
    return new Map(this.#lists)
  }
}
