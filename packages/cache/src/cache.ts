import { type App, defineApp } from '@nuages/core'
import { checkCaches } from './cache-checks.ts'
import type { Cache } from './cache-contract.ts'
import { checkSharing } from './cache-deploy-checks.ts'
import { cacheSettings } from './cache-settings.ts'
import { caches } from './caches.ts'
import { cacheTag } from './fragments/cache-tag.ts'

/** The cache `default` of the project that is running, whichever that is when it is called. What is wrong is a rejection. */
const defaultCache: Cache = {
  get: async (...args) => caches.get().get(...args),
  set: async (...args) => caches.get().set(...args),
  add: async (...args) => caches.get().add(...args),
  getOrSet: async (...args) => caches.get().getOrSet(...args),
  getMany: async (...args) => caches.get().getMany(...args),
  setMany: async (...args) => caches.get().setMany(...args),
  incr: (async (...args: Parameters<Cache['incr']>) => caches.get().incr(...args)) as Cache['incr'],
  decr: (async (...args: Parameters<Cache['decr']>) => caches.get().decr(...args)) as Cache['decr'],
  update: async (...args) => caches.get().update(...args),
  touch: async (...args) => caches.get().touch(...args),
  has: async (...args) => caches.get().has(...args),
  delete: async (...args) => caches.get().delete(...args),
  deleteMany: async (...args) => caches.get().deleteMany(...args),
  clear: async () => caches.get().clear(),
  incrVersion: async (...args) => caches.get().incrVersion(...args),
  decrVersion: async (...args) => caches.get().decrVersion(...args),
  close: async () => caches.get().close(),
  get isShared() {
    return caches.get().isShared
  },
  // Not every cache has these two; whoever asks looks first.
  get updateNow() {
    return caches.get().updateNow as NonNullable<Cache['updateNow']>
  },
  get runScript() {
    return caches.get().runScript as NonNullable<Cache['runScript']>
  },
}

const app = defineApp({
  name: 'cache',
  dir: import.meta.dirname,
  settings: cacheSettings,
  templateLibrary: { blockTags: { cache: cacheTag } },
  checks: [checkCaches],
  deployChecks: [checkSharing],
  commands: () => import('./commands.ts'),
})

/**
 * The default cache, `caches.get('default')`; and the app, which brings `{% cache %}`, `createcachetable` and the checks
 * where it is in `installedApps`. Django's `django.core.cache.cache`.
 */
export const cache: App<'cache', typeof cacheSettings> & Cache = Object.freeze(
  Object.defineProperties(
    { ...app } as App<'cache', typeof cacheSettings> & Cache,
    Object.getOwnPropertyDescriptors(defaultCache),
  ),
)
