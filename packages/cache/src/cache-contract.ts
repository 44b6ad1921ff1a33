import type { Timeout } from './timeout.ts'

/** Which version of a key is meant; the cache's own when left out. */
export interface VersionOptions {
  readonly version?: number
}

/** How `get` answers. */
export interface GetOptions<D = undefined> extends VersionOptions {
  /** What is answered where there is no entry. */
  readonly default?: D
}

/** How long an entry is kept, and under which version of its key. */
export interface SetOptions extends VersionOptions {
  /** Seconds, a `Temporal.Duration`, or `null` for ever; the cache's own (300 seconds) when left out. */
  readonly timeout?: Timeout
}

/** How long `getOrSet` keeps a value, and waits for whoever computes it. */
export interface GetOrSetOptions extends SetOptions {
  /**
   * Seconds that another process may take to compute the value before this one computes it as well (30); 0 does not wait
   * for other processes at all.
   */
  readonly lockTimeout?: number
}

/** Entries by key. */
export type CacheEntries = Readonly<Record<string, unknown>> | Iterable<readonly [key: string, value: unknown]>

/** A program that a server runs as one step. Only Redis has such. */
export interface CacheScript {
  /** Lua; `KEYS` and `ARGV` are what it is called with. */
  readonly source: string
}

/**
 * What was expensive, kept for a while: Django's cache API, with promises. A value is what JSON holds, and Temporal's kinds,
 * `bigint`, `Decimal`, `Uint8Array`, NaN and the infinities; it is copied on its way in and out. A key is any text. Each
 * method throws `CacheUnavailable` where the back end cannot be reached, unless its URL says `onFailure=miss`.
 */
export interface Cache {
  /** The value of a key; `default`, or `undefined`, where there is none. A `null` that was kept is `null`. */
  get<T = unknown, D = undefined>(key: string, options?: GetOptions<D>): Promise<T | D>
  /** Keeps a value. With a timeout of 0 or less the entry is gone. Throws `CacheValueError` for what cannot be kept. */
  set(key: string, value: unknown, options?: SetOptions): Promise<void>
  /** Keeps a value where there is none yet; whether it did. Of many at once, one does. */
  add(key: string, value: unknown, options?: SetOptions): Promise<boolean>
  /**
   * The value of a key; where there is none, `compute` is asked and its answer kept, unless it is `undefined`. In one process it
   * is asked once however many wait; other processes that share the cache wait for it too, for `lockTimeout` at most. An error
   * of `compute` reaches all that wait in the process, and keeps nothing.
   */
  getOrSet<T>(key: string, compute: (() => T | Promise<T>) | T, options?: GetOrSetOptions): Promise<T>
  /** The values of those keys that have one, in the order of `keys`. */
  getMany<T = unknown>(keys: Iterable<string>, options?: VersionOptions): Promise<Map<string, T>>
  /** Keeps several values in one go, where the back end can. */
  setMany(entries: CacheEntries, options?: SetOptions): Promise<void>
  /**
   * Adds to a whole number, as one step whoever else does; returns the sum. The entry ends when it would have. Throws
   * `CacheKeyError` where there is none, `CacheValueError` where it is no whole number or a number would lose digits: then
   * give a bigint.
   */
  incr(key: string, delta?: number, options?: VersionOptions): Promise<number>
  incr(key: string, delta: bigint, options?: VersionOptions): Promise<bigint>
  /** Subtracts, as `incr` adds. */
  decr(key: string, delta?: number, options?: VersionOptions): Promise<number>
  decr(key: string, delta: bigint, options?: VersionOptions): Promise<bigint>
  /**
   * Makes a new value of the old one as one step, whoever else does; returns it. `undefined` stands for no entry, before and
   * after. `change` may be called again where another was quicker, so it does nothing else. Without a timeout, an entry that
   * was there ends when it would have.
   */
  update<T>(key: string, change: (value: unknown) => T, options?: SetOptions): Promise<T>
  /** Lets an entry last anew; whether there is one. */
  touch(key: string, options?: SetOptions): Promise<boolean>
  has(key: string, options?: VersionOptions): Promise<boolean>
  /** Takes an entry out; whether there was one. */
  delete(key: string, options?: VersionOptions): Promise<boolean>
  /** Takes several out; how many there were. */
  deleteMany(keys: Iterable<string>, options?: VersionOptions): Promise<number>
  /** Takes all out, of every version. */
  clear(): Promise<void>
  /** Moves an entry to another version; returns which. Throws `CacheKeyError` where there is none. */
  incrVersion(key: string, delta?: number, options?: VersionOptions): Promise<number>
  decrVersion(key: string, delta?: number, options?: VersionOptions): Promise<number>
  /** Ends connections. A cache that is used again opens them again. */
  close(): Promise<void>
  /** Whether other processes see the entries. */
  readonly isShared: boolean
  /** As `update`, at once: what stands before every request waits for no promise. Only caches in memory have it. */
  readonly updateNow?: <T>(key: string, change: (value: unknown) => T, options?: SetOptions) => T
  /** Runs a script on the server with the keys as the server has them. Only caches on Redis have it. */
  readonly runScript?: (
    script: CacheScript,
    keys: readonly string[],
    args: readonly (string | number)[],
  ) => Promise<unknown>
}
