import type { CacheStore, StoredChange } from './cache-store.ts'

export interface TieredStoreOptions {
  /** Asked first: memory, as a rule. */
  readonly near: CacheStore
  /** What holds: what all processes share. */
  readonly far: CacheStore
  /** Milliseconds that the near store answers for the far one: so long another process may see what was before. */
  readonly nearLifetime: number
}

/** What was read of a store that is far away is kept for a moment in one that is near. Whatever writes goes to the far one. */
export class TieredStore implements CacheStore {
  readonly isShared: boolean
  readonly incr?: NonNullable<CacheStore['incr']>
  readonly runScript?: NonNullable<CacheStore['runScript']>
  readonly #near: CacheStore
  readonly #far: CacheStore
  readonly #nearLifetime: number

  constructor({ near, far, nearLifetime }: TieredStoreOptions) {
    this.#near = near
    this.#far = far
    this.#nearLifetime = nearLifetime
    this.isShared = far.isShared
    if (far.incr !== undefined) {
      this.incr = (key, delta) => this.#changing([key], () => far.incr!(key, delta))
    }
    if (far.runScript !== undefined) {
      this.runScript = (script, keys, args) => this.#changing(keys, () => far.runScript!(script, keys, args))
    }
  }

  async get(key: string): Promise<string | undefined> {
    const near = await this.#near.get(key)
    if (near !== undefined) return near
    const [text, [remaining]] = await Promise.all([this.#far.get(key), this.#far.remaining([key])])
    if (text !== undefined) await this.#keepNear(key, text, remaining)
    return text
  }

  async getMany(keys: readonly string[]): Promise<Map<string, string>> {
    const found = await this.#near.getMany(keys)
    const missing = keys.filter((key) => !found.has(key))
    if (missing.length === 0) return found
    const [far, ends] = await Promise.all([this.#far.getMany(missing), this.#far.remaining(missing)])
    for (const [index, key] of missing.entries()) {
      const text = far.get(key)
      if (text === undefined) continue
      found.set(key, text)
      await this.#keepNear(key, text, ends[index])
    }
    return found
  }

  set(key: string, text: string, lifetime: number | null): Promise<void> {
    return this.#changing([key], () => this.#far.set(key, text, lifetime))
  }

  setMany(entries: ReadonlyMap<string, string>, lifetime: number | null): Promise<void> {
    return this.#changing([...entries.keys()], () => this.#far.setMany(entries, lifetime))
  }

  add(key: string, text: string, lifetime: number | null): Promise<boolean> {
    return this.#changing([key], () => this.#far.add(key, text, lifetime))
  }

  update(key: string, change: (text: string | undefined) => StoredChange): Promise<void> {
    return this.#changing([key], () => this.#far.update(key, change))
  }

  touch(key: string, lifetime: number | null): Promise<boolean> {
    return this.#changing([key], () => this.#far.touch(key, lifetime))
  }

  async has(key: string): Promise<boolean> {
    return (await this.#near.has(key)) || this.#far.has(key)
  }

  delete(keys: readonly string[]): Promise<number> {
    return this.#changing(keys, () => this.#far.delete(keys))
  }

  async clear(start: string): Promise<void> {
    await this.#far.clear(start)
    await this.#near.clear(start)
  }

  remaining(keys: readonly string[]): Promise<(number | null | undefined)[]> {
    return this.#far.remaining(keys)
  }

  /** The two are caches of their own, and closed as such. */
  async close(): Promise<void> {}

  async #keepNear(key: string, text: string, remaining: number | null | undefined): Promise<void> {
    // What ended between the two questions is not kept.
    if (remaining === undefined) return
    const lifetime = remaining === null ? this.#nearLifetime : Math.min(remaining, this.#nearLifetime)
    if (lifetime > 0) await this.#near.set(key, text, lifetime)
  }

  /**
   * Takes out what is near when the far store has changed. It is not put in its place: of two who write at once, the near
   * store might keep the one that the far store does not.
   */
  async #changing<T>(keys: readonly string[], change: () => Promise<T>): Promise<T> {
    try {
      return await change()
    } finally {
      await this.#near.delete(keys)
    }
  }
}
