import type { CacheScript } from '../cache-contract.ts'

/** What becomes of an entry: a new text, with the end it had (`'keep'`) or a new one; `undefined` takes it out. */
export interface StoredChange {
  readonly text: string | undefined
  /** Milliseconds from now, above 0; `null` for ever. */
  readonly lifetime: number | null | 'keep'
}

/**
 * Where a cache keeps its entries: keys and values are text, whose form is the affair of who calls. What a back end has to
 * do; `runCacheCases` in the tests says it in full. A lifetime is in milliseconds and above 0, `null` for ever; an entry that
 * has expired is none.
 */
export interface CacheStore {
  /** Whether other processes see the entries. */
  readonly isShared: boolean
  get(key: string): Promise<string | undefined>
  getMany(keys: readonly string[]): Promise<Map<string, string>>
  set(key: string, text: string, lifetime: number | null): Promise<void>
  setMany(entries: ReadonlyMap<string, string>, lifetime: number | null): Promise<void>
  /** Of several that add one key at once, one is told `true`. */
  add(key: string, text: string, lifetime: number | null): Promise<boolean>
  /** As one step: nobody changes the entry between `change` reading and its answer. It may be called several times. */
  update(key: string, change: (text: string | undefined) => StoredChange): Promise<void>
  /** The same at once, where the back end is in the process. */
  readonly updateNow?: (key: string, change: (text: string | undefined) => StoredChange) => void
  touch(key: string, lifetime: number | null): Promise<boolean>
  has(key: string): Promise<boolean>
  /** How many there were. */
  delete(keys: readonly string[]): Promise<number>
  /** Takes all out; a store that others share as well, what begins with `start` alone. */
  clear(start: string): Promise<void>
  /** Milliseconds that each entry has left, in the order of `keys`; `null` for ever, `undefined` where there is none. */
  remaining(keys: readonly string[]): Promise<(number | null | undefined)[]>
  close(): Promise<void>
  /** Adds to a whole number that is written in digits, where the back end has a quicker way than `update`; `undefined` where it has not. */
  incr?(key: string, delta: bigint): Promise<string | undefined>
  readonly runScript?: (
    script: CacheScript,
    keys: readonly string[],
    args: readonly (string | number)[],
  ) => Promise<unknown>
}
