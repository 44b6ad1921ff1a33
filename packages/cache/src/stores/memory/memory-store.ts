import { LRUCache } from 'lru-cache'
import type { CacheStore, StoredChange } from '../cache-store.ts'

export interface MemoryStoreOptions {
  /** The most bytes that keys and values take together, about. */
  readonly maxBytes: number
  readonly maxEntries?: number | undefined
}

interface Entry {
  text: string
  /** Milliseconds since the epoch; `null` for never. */
  expires: number | null
}

/** What an entry takes beside its key and value. */
const overhead = 120

/** Entries in this process; when they are too many, those go that nobody asked for the longest. Django's `LocMemCache`. */
export class MemoryStore implements CacheStore {
  readonly isShared = false
  readonly #entries: LRUCache<string, Entry>

  constructor({ maxBytes, maxEntries }: MemoryStoreOptions) {
    this.#entries = new LRUCache({
      maxSize: maxBytes,
      ...(maxEntries === undefined ? {} : { max: maxEntries }),
      sizeCalculation: ({ text }, key) => Buffer.byteLength(text) + Buffer.byteLength(key) + overhead,
    })
  }

  async get(key: string): Promise<string | undefined> {
    return this.#live(key)?.text
  }

  async getMany(keys: readonly string[]): Promise<Map<string, string>> {
    const found = new Map<string, string>()
    for (const key of keys) {
      const entry = this.#live(key)
      if (entry !== undefined) found.set(key, entry.text)
    }
    return found
  }

  async set(key: string, text: string, lifetime: number | null): Promise<void> {
    this.#entries.set(key, { text, expires: endOf(lifetime) })
  }

  async setMany(entries: ReadonlyMap<string, string>, lifetime: number | null): Promise<void> {
    const expires = endOf(lifetime)
    for (const [key, text] of entries) this.#entries.set(key, { text, expires })
  }

  async add(key: string, text: string, lifetime: number | null): Promise<boolean> {
    if (this.#live(key) !== undefined) return false
    this.#entries.set(key, { text, expires: endOf(lifetime) })
    return true
  }

  async update(key: string, change: (text: string | undefined) => StoredChange): Promise<void> {
    this.updateNow(key, change)
  }

  updateNow(key: string, change: (text: string | undefined) => StoredChange): void {
    const entry = this.#live(key)
    const { text, lifetime } = change(entry?.text)
    if (text === undefined) {
      this.#entries.delete(key)
      return
    }
    const expires = lifetime === 'keep' ? (entry?.expires ?? null) : endOf(lifetime)
    if (entry !== undefined && Buffer.byteLength(text) === Buffer.byteLength(entry.text)) {
      // As large as before, so nothing has to be counted anew: a counter that every request changes costs half.
      entry.text = text
      entry.expires = expires
    } else this.#entries.set(key, { text, expires })
  }

  async touch(key: string, lifetime: number | null): Promise<boolean> {
    const entry = this.#live(key)
    if (entry === undefined) return false
    this.#entries.set(key, { text: entry.text, expires: endOf(lifetime) })
    return true
  }

  async has(key: string): Promise<boolean> {
    return this.#live(key) !== undefined
  }

  async delete(keys: readonly string[]): Promise<number> {
    return keys.filter((key) => this.#live(key) !== undefined && this.#entries.delete(key)).length
  }

  async clear(): Promise<void> {
    this.#entries.clear()
  }

  async remaining(keys: readonly string[]): Promise<(number | null | undefined)[]> {
    return keys.map((key) => {
      const entry = this.#live(key)
      return entry === undefined || entry.expires === null ? entry?.expires : entry.expires - Date.now()
    })
  }

  async close(): Promise<void> {
    this.#entries.clear()
  }

  #live(key: string): Entry | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined || entry.expires === null || entry.expires > Date.now()) return entry
    this.#entries.delete(key)
    return undefined
  }
}

function endOf(lifetime: number | null): number | null {
  return lifetime === null ? null : Date.now() + lifetime
}
