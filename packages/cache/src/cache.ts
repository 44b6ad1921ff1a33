import { type App, defineApp } from '@nuages/core'
import { checkCaches, checkSharing } from './cache-checks.ts'
import type { Cache } from './cache-contract.ts'
import { cacheSettings } from './cache-settings.ts'
import { caches } from './caches.ts'
import { cacheTag } from './fragments/cache-tag.ts'

/** The cache `default` of the project that is running, whichever that is when it is called. */
const defaultCache: Cache = {
  get: (...args) => caches.get().get(...args),
  set: (...args) => caches.get().set(...args),
  add: (...args) => caches.get().add(...args),
  getOrSet: (...args) => caches.get().getOrSet(...args),
  getMany: (...args) => caches.get().getMany(...args),
  setMany: (...args) => caches.get().setMany(...args),
  incr: ((...args: Parameters<Cache['incr']>) => caches.get().incr(...args)) as Cache['incr'],
  decr: ((...args: Parameters<Cache['decr']>) => caches.get().decr(...args)) as Cache['decr'],
  update: (...args) => caches.get().update(...args),
  touch: (...args) => caches.get().touch(...args),
  has: (...args) => caches.get().has(...args),
  delete: (...args) => caches.get().delete(...args),
  deleteMany: (...args) => caches.get().deleteMany(...args),
  clear: () => caches.get().clear(),
  incrVersion: (...args) => caches.get().incrVersion(...args),
  decrVersion: (...args) => caches.get().decrVersion(...args),
  close: () => caches.get().close(),
  get isShared() {
    return caches.get().isShared
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
