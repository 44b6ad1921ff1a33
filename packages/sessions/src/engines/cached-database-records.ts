import { type Cache, caches } from '@nuages/cache'
import { logger } from '@nuages/core'
import { dataKey, secondsUntil } from './cache-records.ts'
import { databaseRecords, hasSessionRow, readSessionRow } from './database-records.ts'
import type { SessionRecords } from './keyed-engine.ts'

/**
 * Sessions in the database, with what was read lately in a cache in front of it. What the cache forgets is read again; a
 * cache that is down makes reading slower, and nothing worse, except that no session can be removed then: it might come back.
 */
export class CachedDatabaseRecords implements SessionRecords {
  readonly #alias: string

  constructor(alias: string) {
    this.#alias = alias
  }

  async read(key: string): Promise<string | undefined> {
    const cached = await this.#orLog(async (cache) => {
      const found: unknown = await cache.get(dataKey(key))
      return typeof found === 'string' ? found : undefined
    })
    return cached ?? this.#readThrough(key)
  }

  async insert(key: string, data: string, expires: Temporal.Instant): Promise<boolean> {
    return databaseRecords.insert(key, data, expires)
  }

  /** The cache first: who removes a session does it in the other order, so that one of the two finds what is to be taken back. */
  async update(key: string, data: string, expires: Temporal.Instant): Promise<boolean> {
    const timeout = secondsUntil(expires)
    await this.#orLog<unknown>((cache) =>
      timeout > 0 ? cache.set(dataKey(key), data, { timeout }) : cache.delete(dataKey(key)),
    )
    const isThere = await databaseRecords.update(key, data, expires).catch(async (error: unknown) => {
      await this.#orLog((cache) => cache.delete(dataKey(key)))
      throw error
    })
    if (!isThere) await this.#cache.delete(dataKey(key))
    return isThere
  }

  async remove(key: string): Promise<void> {
    await databaseRecords.remove(key)
    await this.#cache.delete(dataKey(key))
  }

  removeExpired(): Promise<number | undefined> {
    return databaseRecords.removeExpired()
  }

  async #readThrough(key: string): Promise<string | undefined> {
    const row = await readSessionRow(key)
    if (row === undefined) return undefined
    // Not set(): what another request wrote since the row was read is newer.
    const timeout = secondsUntil(row.expires)
    const isKept = await this.#orLog((cache) => cache.add(dataKey(key), row.data, { timeout }))
    if (!isKept || (await hasSessionRow(key))) return row.data
    await this.#cache.delete(dataKey(key))
    return undefined
  }

  /** What the cache says; nothing where it is down. */
  async #orLog<T>(ask: (cache: Cache) => Promise<T>): Promise<T | undefined> {
    try {
      return await ask(this.#cache)
    } catch (error) {
      logger.error(
        { err: error, cache: this.#alias },
        'The cache of the sessions failed; the database was asked alone.',
      )
      return undefined
    }
  }

  get #cache(): Cache {
    return caches.get(this.#alias)
  }
}
