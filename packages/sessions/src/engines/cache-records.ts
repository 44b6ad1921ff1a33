import { type Cache, caches } from '@nuages/cache'
import type { SessionRecords } from './keyed-engine.ts'

/** Sessions in a cache, and nowhere else: those that it forgets, or loses with its memory, are gone. */
export class CacheRecords implements SessionRecords {
  readonly #alias: string

  constructor(alias: string) {
    this.#alias = alias
  }

  async read(key: string): Promise<string | undefined> {
    const data: unknown = await this.#cache.get(dataKey(key))
    return typeof data === 'string' ? data : undefined
  }

  async insert(key: string, data: string, expires: Temporal.Instant): Promise<boolean> {
    const timeout = secondsUntil(expires)
    // One that is over already is made and gone.
    return timeout <= 0 || this.#cache.add(dataKey(key), data, { timeout })
  }

  async update(key: string, data: string, expires: Temporal.Instant): Promise<boolean> {
    const timeout = secondsUntil(expires)
    if (timeout <= 0) return this.#cache.delete(dataKey(key))
    const change = (former: unknown) => (former === undefined ? undefined : data)
    return (await this.#cache.update(dataKey(key), change, { timeout })) !== undefined
  }

  async remove(key: string): Promise<void> {
    await this.#cache.delete(dataKey(key))
  }

  async removeExpired(): Promise<undefined> {
    return undefined
  }

  get #cache(): Cache {
    return caches.get(this.#alias)
  }
}

/** Where a cache has the data of a session. */
export function dataKey(key: string): string {
  return `nuages.session:${key}`
}

/** Whole seconds from now, rounded up: a session does not end early. */
export function secondsUntil(expires: Temporal.Instant): number {
  return Math.ceil((expires.epochMilliseconds - Date.now()) / 1000)
}
