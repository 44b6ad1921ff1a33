import { ImproperlyConfigured } from '@nuages/foundation'
import type { CacheAddress } from './cache-address.ts'
import type { CacheStore } from './stores/cache-store.ts'
import { MemoryStore } from './stores/memory-store.ts'

/** What a back end may need to open a store. */
export interface CacheContext {
  /** Relative folders are below it. */
  readonly baseDir: string
  /** What all keys of the cache begin with, a colon after it. */
  readonly prefix: string
  /** The store of another alias, for one that stands before it. */
  storeOf(alias: string): CacheStore
}

/** Makes the store that a URL names. It opens nothing before it is used. */
export type CacheBackend = (address: CacheAddress, context: CacheContext) => CacheStore

const backends = new Map<string, CacheBackend>([
  [
    'memory',
    (address) =>
      new MemoryStore({
        maxBytes: address.number('maxBytes', 32 * 1024 * 1024, 1),
        maxEntries: address.number('maxEntries', undefined, 1),
      }),
  ],
])

/**
 * Makes a kind of cache known: URLs of the setting `caches` with that scheme are handed to it. Call it where the settings
 * are made. Throws `ImproperlyConfigured` where the scheme has another already.
 */
export function registerCacheBackend(scheme: string, backend: CacheBackend): void {
  const known = backends.get(scheme)
  if (known !== undefined && known !== backend) {
    throw new ImproperlyConfigured(`registerCacheBackend() was given a second back end for '${scheme}:'.`)
  }
  backends.set(scheme, backend)
}

/** Throws `ImproperlyConfigured` where no back end has the scheme. */
export function cacheBackendOf(address: CacheAddress): CacheBackend {
  const backend = backends.get(address.scheme)
  if (backend !== undefined) return backend
  throw new ImproperlyConfigured(
    `caches['${address.alias}']: no cache has URLs with '${address.scheme}:'. It takes ${[...backends.keys()].map((scheme) => `${scheme}:`).join(', ')}.`,
  )
}
