import { fromSettings, onShutdown, type Settings } from '@nuages/core'
import { didYouMean, ImproperlyConfigured } from '@nuages/foundation'
import { CacheAddress } from './cache-address.ts'
import { type CacheContext, cacheBackendOf } from './cache-backends.ts'
import type { Cache } from './cache-contract.ts'
import type { KeyFunction } from './cache-keys.ts'
import { cacheSection } from './cache-settings.ts'
import { StoredCache } from './stored-cache.ts'
import type { CacheStore } from './stores/cache-store.ts'
import { ForgivingStore } from './stores/forgiving-store.ts'

/** The caches of a project, by the aliases of the setting `caches`. Nothing is opened before it is used. Django's `caches`. */
export interface Caches {
  /** The cache of that alias, always the same one. Throws `ImproperlyConfigured` when there is none, or its URL is wrong. */
  get(alias?: string): Cache
  /** As the settings name them. */
  aliases(): readonly string[]
  /** Ends all connections; a cache that is used again opens its own again. */
  close(): Promise<void>
}

interface OpenCache {
  readonly cache: Cache
  readonly store: CacheStore
}

/** The caches of one settings object. */
class ProjectCaches {
  readonly #urls: Readonly<Record<string, string>>
  readonly #baseDir: string
  readonly #keyFunction: KeyFunction | undefined
  readonly #open = new Map<string, OpenCache>()
  /** Those that are being opened: one that stands before itself is none. */
  readonly #opening = new Set<string>()

  constructor(settings: Settings) {
    this.#urls = settings.caches
    this.#baseDir = settings.baseDir
    this.#keyFunction = cacheSection(settings).keyFunction
  }

  get aliases(): readonly string[] {
    return Object.keys(this.#urls)
  }

  get(alias: string): OpenCache {
    let open = this.#open.get(alias)
    if (open === undefined) {
      open = this.#make(alias)
      this.#open.set(alias, open)
    }
    return open
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open.values()].map(({ store }) => store.close()))
  }

  #make(alias: string): OpenCache {
    const address = new CacheAddress(alias, this.#urlOf(alias))
    if (this.#opening.has(alias)) throw address.problem('it stands before itself')
    const prefix = address.text('prefix') ?? ''
    const version = address.number('version', 1)
    const timeout = address.timeout()
    const onFailure = address.choice('onFailure', ['raise', 'miss'], 'raise')
    const context: CacheContext = { baseDir: this.#baseDir, storeOf: (other) => this.get(other).store }
    this.#opening.add(alias)
    try {
      const opened = cacheBackendOf(address)(address, context)
      address.finish()
      const store = onFailure === 'miss' ? new ForgivingStore(opened, alias) : opened
      const keyFunction = this.#keyFunction === undefined ? {} : { keyFunction: this.#keyFunction }
      const cache = new StoredCache(store, {
        alias,
        prefix,
        version,
        ...(timeout === undefined ? {} : { timeout }),
        ...keyFunction,
      })
      return { cache, store }
    } finally {
      this.#opening.delete(alias)
    }
  }

  #urlOf(alias: string): string {
    if (Object.hasOwn(this.#urls, alias)) return this.#urls[alias]!
    const aliases = this.aliases
    throw new ImproperlyConfigured(
      `There is no cache '${alias}'.${didYouMean(alias, aliases)} The setting 'caches' names: ${aliases.join(', ') || 'none'}.`,
    )
  }
}

const ofProject = fromSettings((settings) => {
  const project = new ProjectCaches(settings)
  onShutdown(() => project.close())
  return project
})

/** The caches of the project that is running. Django's `caches`. */
export const caches: Caches = Object.freeze({
  get: (alias = 'default') => ofProject().get(alias).cache,
  aliases: () => ofProject().aliases,
  close: () => ofProject().close(),
})

/** The cache of a URL, outside of the settings: for a program of its own, and for tests. Relative folders are below `baseDir`. */
export function openCache(
  url: string,
  options: { readonly alias?: string; readonly baseDir?: string; readonly keyFunction?: KeyFunction } = {},
): Cache {
  const { alias = 'default', baseDir = process.cwd(), keyFunction } = options
  const section = keyFunction === undefined ? {} : { cache: { keyFunction } }
  return new ProjectCaches({ caches: { [alias]: url }, baseDir, ...section } as unknown as Settings).get(alias).cache
}
