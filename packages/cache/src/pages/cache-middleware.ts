import type { Middleware } from '@nuages/core'
import type { HttpResponse } from '@nuages/http'
import { cachePolicy } from '../cache-settings.ts'
import { PageCache } from './page-cache.ts'

const pages = new PageCache(() => cachePolicy().pageTimeout)

/**
 * Keeps the answers of all views, as `cachePage` does those of one, for `cache.pageTimeout` of the settings. It goes last into
 * `middleware`: `[...defaultMiddleware, cacheMiddleware]`. Django's `UpdateCacheMiddleware` and `FetchFromCacheMiddleware` in one.
 */
export const cacheMiddleware: Middleware = (request, next) =>
  pages.respond(request, () => next(request)) as Promise<HttpResponse>
