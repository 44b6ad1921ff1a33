import type {
  Cache,
  CacheEntries,
  CacheScript,
  GetOptions,
  GetOrSetOptions,
  SetOptions,
  VersionOptions,
} from './cache-contract.ts'
import { defaultKeyFunction, distinctKey, type KeyFunction } from './cache-keys.ts'
import { Computations } from './computations.ts'
import { CacheKeyError } from './errors.ts'
import { addedTo, asDigits } from './increment.ts'
import type { CacheStore, StoredChange } from './stores/cache-store.ts'
import { lifetimeOf, type Timeout } from './timeout.ts'
import { encodeValue } from './values/encode-value.ts'
import { readValue } from './values/read-value.ts'

export interface StoredCacheOptions {
  /** What errors call it: its alias in the settings. */
  readonly alias?: string
  readonly timeout?: Timeout
  readonly version?: number
  readonly prefix?: string
  readonly keyFunction?: KeyFunction
}

interface StoredUpdate<T> {
  readonly key: string
  readonly change: (stored: string | undefined) => StoredChange
  readonly result: () => T
}

/** The cache over a store: keys, versions, timeouts and values are the same whatever keeps the entries. */
export class StoredCache implements Cache {
  readonly #store: CacheStore
  readonly #alias: string
  readonly #timeout: Timeout
  readonly #version: number
  readonly #prefix: string
  readonly #keyFunction: KeyFunction
  readonly #computations: Computations
  readonly updateNow?: NonNullable<Cache['updateNow']>
  readonly runScript?: NonNullable<Cache['runScript']>

  constructor(store: CacheStore, options: StoredCacheOptions = {}) {
    this.#store = store
    this.#alias = options.alias ?? 'default'
    this.#timeout = options.timeout === undefined ? 300 : options.timeout
    this.#version = options.version ?? 1
    this.#prefix = options.prefix ?? ''
    this.#keyFunction = options.keyFunction ?? defaultKeyFunction
    this.#computations = new Computations(store)
    if (store.updateNow !== undefined) {
      this.updateNow = (key, change, options) => {
        const update = this.#updateOf(key, change, options)
        store.updateNow!(update.key, update.change)
        return update.result()
      }
    }
    if (store.runScript !== undefined) {
      this.runScript = (script: CacheScript, keys, args) =>
        store.runScript!(
          script,
          keys.map((key) => this.#key(key)),
          args,
        )
    }
  }

  get isShared(): boolean {
    return this.#store.isShared
  }

  async get<T = unknown, D = undefined>(key: string, options: GetOptions<D> = {}): Promise<T | D> {
    const text = await this.#store.get(this.#key(key, options))
    const value = text === undefined ? undefined : readValue(text, key, this.#alias)
    return (value === undefined ? options.default : value) as T | D
  }

  async set(key: string, value: unknown, options: SetOptions = {}): Promise<void> {
    const lifetime = this.#lifetime(options)
    const text = encodeValue(value, key)
    if (isOver(lifetime)) await this.#store.delete([this.#key(key, options)])
    else await this.#store.set(this.#key(key, options), text, lifetime)
  }

  async add(key: string, value: unknown, options: SetOptions = {}): Promise<boolean> {
    const lifetime = this.#lifetime(options)
    const text = encodeValue(value, key)
    if (isOver(lifetime)) return !(await this.#store.has(this.#key(key, options)))
    return this.#store.add(this.#key(key, options), text, lifetime)
  }

  async getOrSet<T>(key: string, compute: (() => T | Promise<T>) | T, options: GetOrSetOptions = {}): Promise<T> {
    const lifetime = this.#lifetime(options)
    const text = await this.#computations.getOrSet({
      key: this.#key(key, options),
      name: key,
      lifetime,
      lockTimeout: (options.lockTimeout ?? 30) * 1000,
      isValid: (stored) => readValue(stored, key, this.#alias) !== undefined,
      compute: async () => {
        const value = await (typeof compute === 'function' ? (compute as () => T | Promise<T>)() : compute)
        return value === undefined ? undefined : encodeValue(value, key)
      },
    })
    return (text === undefined ? undefined : readValue(text, key, this.#alias)) as T
  }

  async getMany<T = unknown>(keys: Iterable<string>, options: VersionOptions = {}): Promise<Map<string, T>> {
    const wanted = new Map([...keys].map((key) => [key, this.#key(key, options)]))
    const found = wanted.size === 0 ? new Map<string, string>() : await this.#store.getMany([...wanted.values()])
    const values = new Map<string, T>()
    for (const [key, stored] of wanted) {
      const text = found.get(stored)
      const value = text === undefined ? undefined : readValue(text, key, this.#alias)
      if (value !== undefined) values.set(key, value as T)
    }
    return values
  }

  async setMany(entries: CacheEntries, options: SetOptions = {}): Promise<void> {
    const pairs =
      Symbol.iterator in entries ? [...(entries as Iterable<readonly [string, unknown]>)] : Object.entries(entries)
    const lifetime = this.#lifetime(options)
    const texts = new Map(pairs.map(([key, value]) => [this.#key(key, options), encodeValue(value, key)]))
    if (texts.size === 0) return
    if (isOver(lifetime)) await this.#store.delete([...texts.keys()])
    else await this.#store.setMany(texts, lifetime)
  }

  incr(key: string, delta?: number, options?: VersionOptions): Promise<number>
  incr(key: string, delta: bigint, options?: VersionOptions): Promise<bigint>
  async incr(key: string, delta: number | bigint = 1, options: VersionOptions = {}): Promise<number | bigint> {
    const stored = this.#key(key, options)
    const digits = typeof delta === 'number' ? asDigits(delta) : undefined
    if (digits !== undefined && this.#store.incr !== undefined) {
      const sum = Number((await this.#store.incr(stored, digits)) ?? Number.NaN)
      if (Number.isSafeInteger(sum)) return sum
      // What it did not count, it left as it was; the slow way knows what is wrong with it.
    }
    let sum: number | bigint = 0
    await this.#store.update(stored, (text) => {
      if (text === undefined) throw this.#missing('incr', key)
      sum = addedTo(readValue(text, key, this.#alias), delta, key)
      return { text: encodeValue(sum, key), lifetime: 'keep' }
    })
    return sum
  }

  decr(key: string, delta?: number, options?: VersionOptions): Promise<number>
  decr(key: string, delta: bigint, options?: VersionOptions): Promise<bigint>
  decr(key: string, delta: number | bigint = 1, options: VersionOptions = {}): Promise<number | bigint> {
    return typeof delta === 'bigint' ? this.incr(key, -delta, options) : this.incr(key, -delta, options)
  }

  async update<T>(key: string, change: (value: unknown) => T, options?: SetOptions): Promise<T> {
    const update = this.#updateOf(key, change, options)
    await this.#store.update(update.key, update.change)
    return update.result()
  }

  async touch(key: string, options: SetOptions = {}): Promise<boolean> {
    const lifetime = this.#lifetime(options)
    const stored = this.#key(key, options)
    return isOver(lifetime) ? (await this.#store.delete([stored])) > 0 : this.#store.touch(stored, lifetime)
  }

  async has(key: string, options: VersionOptions = {}): Promise<boolean> {
    return this.#store.has(this.#key(key, options))
  }

  async delete(key: string, options: VersionOptions = {}): Promise<boolean> {
    return (await this.#store.delete([this.#key(key, options)])) > 0
  }

  async deleteMany(keys: Iterable<string>, options: VersionOptions = {}): Promise<number> {
    const stored = [...new Set(Array.from(keys, (key) => this.#key(key, options)))]
    return stored.length === 0 ? 0 : this.#store.delete(stored)
  }

  async clear(): Promise<void> {
    await this.#store.clear(`${this.#prefix}:`)
  }

  async incrVersion(key: string, delta = 1, options: VersionOptions = {}): Promise<number> {
    const version = (options.version ?? this.#version) + delta
    const [from, to] = [this.#key(key, options), this.#key(key, { version })]
    const [text, [remaining]] = await Promise.all([this.#store.get(from), this.#store.remaining([from])])
    if (text === undefined || remaining === undefined) throw this.#missing('incrVersion', key)
    await this.#store.set(to, text, remaining)
    await this.#store.delete([from])
    return version
  }

  decrVersion(key: string, delta = 1, options: VersionOptions = {}): Promise<number> {
    return this.incrVersion(key, -delta, options)
  }

  async close(): Promise<void> {
    await this.#store.close()
  }

  /** An update as a store takes it, and what it came to afterwards. */
  #updateOf<T>(key: string, change: (value: unknown) => T, options: SetOptions = {}): StoredUpdate<T> {
    let text: string | undefined
    let after: T | undefined
    return {
      key: this.#key(key, options),
      change: (stored) => {
        const before = stored === undefined ? undefined : readValue(stored, key, this.#alias)
        after = change(before)
        const lifetime = before !== undefined && options.timeout === undefined ? 'keep' : this.#lifetime(options)
        text = after === undefined ? undefined : encodeValue(after, key)
        return lifetime !== 'keep' && isOver(lifetime) ? { text: undefined, lifetime: null } : { text, lifetime }
      },
      // A copy, which the caller may change; what cannot be changed is its own.
      result: () => (typeof after !== 'object' || text === undefined ? after : readValue(text, key, this.#alias)) as T,
    }
  }

  #key(key: string, { version = this.#version }: VersionOptions = {}): string {
    return this.#keyFunction(distinctKey(key), this.#prefix, version, this.#alias)
  }

  #lifetime({ timeout }: SetOptions): number | null {
    return lifetimeOf(timeout === undefined ? this.#timeout : timeout)
  }

  #missing(method: string, key: string): CacheKeyError {
    return new CacheKeyError(`cache.${method}('${key}'): the cache '${this.#alias}' has no such entry.`, {
      hint: method === 'incr' ? `Make it first: await cache.add('${key}', 0).` : 'It may have expired.',
    })
  }
}

function isOver(lifetime: number | null): boolean {
  return lifetime !== null && lifetime <= 0
}
