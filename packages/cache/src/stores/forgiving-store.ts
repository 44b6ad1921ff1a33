import { logger } from '@nuages/core'
import type { CacheScript } from '../cache-contract.ts'
import { CacheUnavailable } from '../errors.ts'
import type { CacheStore, StoredChange } from './cache-store.ts'

/** Milliseconds between two lines of the log. */
const pause = 60_000

/**
 * A store that may be away: then nothing is found and nothing is kept, and the log says so once a minute. What promises more
 * than to keep (`incr`, `update`, scripts) fails all the same: `onFailure=miss` in a cache's URL.
 */
export class ForgivingStore implements CacheStore {
  readonly isShared: boolean
  readonly incr?: NonNullable<CacheStore['incr']>
  readonly runScript?: NonNullable<CacheStore['runScript']>
  readonly #store: CacheStore
  readonly #alias: string
  #noted: number | undefined

  constructor(store: CacheStore, alias: string) {
    this.#store = store
    this.#alias = alias
    this.isShared = store.isShared
    if (store.incr !== undefined) this.incr = (key, delta) => store.incr!(key, delta)
    if (store.runScript !== undefined) {
      this.runScript = (script: CacheScript, keys, args) => store.runScript!(script, keys, args)
    }
  }

  get(key: string): Promise<string | undefined> {
    return this.#or(undefined, () => this.#store.get(key))
  }

  getMany(keys: readonly string[]): Promise<Map<string, string>> {
    return this.#or(new Map(), () => this.#store.getMany(keys))
  }

  set(key: string, text: string, lifetime: number | null): Promise<void> {
    return this.#or(undefined, () => this.#store.set(key, text, lifetime))
  }

  setMany(entries: ReadonlyMap<string, string>, lifetime: number | null): Promise<void> {
    return this.#or(undefined, () => this.#store.setMany(entries, lifetime))
  }

  /** As where there was none: whoever takes a lock has it, and does not wait for others who cannot take it either. */
  add(key: string, text: string, lifetime: number | null): Promise<boolean> {
    return this.#or(true, () => this.#store.add(key, text, lifetime))
  }

  update(key: string, change: (text: string | undefined) => StoredChange): Promise<void> {
    return this.#store.update(key, change)
  }

  touch(key: string, lifetime: number | null): Promise<boolean> {
    return this.#or(false, () => this.#store.touch(key, lifetime))
  }

  has(key: string): Promise<boolean> {
    return this.#or(false, () => this.#store.has(key))
  }

  delete(keys: readonly string[]): Promise<number> {
    return this.#or(0, () => this.#store.delete(keys))
  }

  clear(start: string): Promise<void> {
    return this.#or(undefined, () => this.#store.clear(start))
  }

  remaining(keys: readonly string[]): Promise<(number | null | undefined)[]> {
    return this.#or(
      keys.map(() => undefined),
      () => this.#store.remaining(keys),
    )
  }

  close(): Promise<void> {
    return this.#store.close()
  }

  async #or<T>(otherwise: T, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof CacheUnavailable)) throw error
      this.#note(error)
      return otherwise
    }
  }

  #note(error: CacheUnavailable): void {
    const now = performance.now()
    if (this.#noted !== undefined && now - this.#noted < pause) return
    this.#noted = now
    logger.error({ cache: this.#alias, err: error }, `${error.message} The site goes on without it.`)
  }
}
