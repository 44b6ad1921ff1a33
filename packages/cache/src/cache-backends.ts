import { resolve } from 'node:path'
import { ImproperlyConfigured } from '@nuages/foundation'
import type { CacheAddress } from './cache-address.ts'
import type { CacheStore } from './stores/cache-store.ts'
import type { CullingOptions } from './stores/culling.ts'
import { databasePlace } from './stores/database/database-place.ts'
import { DatabaseStore } from './stores/database/database-store.ts'
import { FileStore } from './stores/file/file-store.ts'
import { MemoryStore } from './stores/memory/memory-store.ts'
import { redisConnection } from './stores/redis/redis-address.ts'
import { RedisStore } from './stores/redis/redis-store.ts'
import { TieredStore } from './stores/tiered-store.ts'

/** What a back end may need to open a store. */
export interface CacheContext {
  /** Relative folders are below it. */
  readonly baseDir: string
  /** The store of another alias, for one that stands before it. */
  storeOf(alias: string): CacheStore
}

/** Makes the store that a URL names. It opens nothing before it is used. */
export type CacheBackend = (address: CacheAddress, context: CacheContext) => CacheStore

const culling = (address: CacheAddress): CullingOptions => ({
  maxEntries: address.number('maxEntries', 10_000, 1),
  cullFrequency: address.number('cullFrequency', 3),
})

const memory: CacheBackend = (address) =>
  new MemoryStore({
    maxBytes: address.number('maxBytes', 32 * 1024 * 1024, 1),
    maxEntries: address.number('maxEntries', undefined, 1),
  })

const file: CacheBackend = (address, { baseDir }) => {
  if (address.location === '') throw address.problem("it takes a folder: 'file:var/cache'")
  return new FileStore(resolve(baseDir, address.location), culling(address))
}

const database: CacheBackend = (address) => new DatabaseStore({ ...databasePlace(address), ...culling(address) })

const redis: CacheBackend = (address) => new RedisStore(redisConnection(address))

const tiered: CacheBackend = (address, { storeOf }) => {
  const [near, far, ...rest] = address.location.split(',').map((alias) => alias.trim())
  if (near === undefined || far === undefined || rest.length > 0) {
    throw address.problem("it takes the aliases of two caches, the near one first: 'tiered:local,shared'")
  }
  const nearLifetime = address.number('nearTimeout', 10, 0.001) * 1000
  return new TieredStore({ near: storeOf(near), far: storeOf(far), nearLifetime })
}

const backends = new Map<string, CacheBackend>([
  ['memory', memory],
  ['file', file],
  ['database', database],
  ['redis', redis],
  ['rediss', redis],
  ['redis+unix', redis],
  ['tiered', tiered],
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
