import { logger } from '@nuages/core'
import {
  cacheDirectives,
  formatHttpDate,
  type HttpRequest,
  type HttpResponse,
  patchCacheControl,
  patchVaryHeaders,
} from '@nuages/http'
import type { Cache } from '../cache-contract.ts'
import { cachePolicy } from '../cache-settings.ts'
import { caches } from '../caches.ts'
import { lifetimeOf, type Timeout } from '../timeout.ts'
import { CookieWatch } from './cookie-watch.ts'
import { pageKey, varyingNames, varyKey } from './page-key.ts'
import { isCacheable, reasonNotToStore, secondsToKeep } from './storable.ts'
import { fromStoredPage, type StoredPage, toStoredPage } from './stored-page.ts'

/** Where `cachePage` keeps pages. Django's `cache` and `key_prefix`. */
export interface CachePageOptions {
  /** The alias of the cache; `cache.pageAlias` of the settings when left out. */
  readonly cache?: string
  /** Stands in the keys; `cache.pagePrefix` of the settings when left out. */
  readonly keyPrefix?: string
}

/** A page that nobody is told to be fresh for longer. */
const longest = 31_536_000

/** The answers of views, kept for those who ask the same. */
export class PageCache {
  readonly #timeout: () => Timeout
  readonly #options: CachePageOptions

  constructor(timeout: () => Timeout, options: CachePageOptions = {}) {
    this.#timeout = timeout
    this.#options = options
  }

  /** What is kept for the request, else what `answer` gives, which is kept where it may be. */
  async respond(request: HttpRequest, answer: () => unknown): Promise<unknown> {
    if (!isCacheable(request)) return answer()
    const found = await this.#find(request)
    if (found !== undefined) return found
    const watch = new CookieWatch(request)
    const response = await answer()
    return isResponse(response) ? this.#kept(request, response, watch) : response
  }

  async #find(request: HttpRequest): Promise<HttpResponse | undefined> {
    const names = await this.#cache.get<readonly string[]>(varyKey(request, this.#prefix))
    if (!Array.isArray(names)) return undefined
    const page = await this.#cache.get<StoredPage>(pageKey(request, this.#prefix, names as string[]))
    return page === undefined ? undefined : fromStoredPage(page)
  }

  async #kept(request: HttpRequest, response: HttpResponse, watch: CookieWatch): Promise<HttpResponse> {
    // The session says so itself, further out: too late for who keeps the page here.
    if (watch.wasRead) patchVaryHeaders(response, ['Cookie'])
    const reason = reasonNotToStore(request, response, watch)
    if (reason !== undefined) {
      logger.debug({ path: request.path }, `A page is not kept: ${reason}.`)
      return response
    }
    const lifetime = lifetimeOf(this.#timeout())
    const timeout = secondsToKeep(response, lifetime === null ? Number.POSITIVE_INFINITY : lifetime / 1000)
    if (timeout <= 0) return response
    const maxAge = Math.floor(Math.min(timeout, longest))
    response.headers.setDefault('Expires', formatHttpDate(Date.now() + maxAge * 1000))
    // Not every cache on the way to a visitor heeds Vary.
    const isPersonal = watch.wasRead && request.environ.HTTP_COOKIE !== undefined
    patchCacheControl(
      response,
      isPersonal && !cacheDirectives(response).has('public') ? { maxAge, private: true } : { maxAge },
    )
    await this.#store(request, response, timeout === Number.POSITIVE_INFINITY ? null : timeout)
    return response
  }

  async #store(request: HttpRequest, response: HttpResponse, timeout: number | null): Promise<void> {
    const prefix = this.#prefix
    const key = varyKey(request, prefix)
    const before = await this.#cache.get<readonly string[]>(key)
    // What an answer at this address once depended on, it may depend on again, though this one does not say so.
    const names = [...new Set([...(Array.isArray(before) ? before : []), ...varyingNames(response)!])].sort()
    await this.#cache.set(key, names, { timeout })
    await this.#cache.set(pageKey(request, prefix, names), toStoredPage(response), { timeout })
  }

  get #cache(): Cache {
    return caches.get(this.#options.cache ?? cachePolicy().pageAlias)
  }

  get #prefix(): string {
    return this.#options.keyPrefix ?? cachePolicy().pagePrefix
  }
}

function isResponse(value: unknown): value is HttpResponse {
  return typeof value === 'object' && value !== null && 'setCookieHeaders' in value
}
