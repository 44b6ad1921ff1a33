import { type AnyView, wrapView } from '@nuages/core'
import type { HttpRequest } from '@nuages/http'
import type { Timeout } from '../timeout.ts'
import { type CachePageOptions, PageCache } from './page-cache.ts'
import type { ViewWrapper } from './wrap-responses.ts'

/**
 * Keeps the answers of a view for `timeout` (seconds, a duration, or `null`), by address, language, time zone and what `Vary`
 * names. What was made for one visitor is kept for nobody else. The view becomes asynchronous. Django's `cache_page`.
 *
 * ```ts
 * path('news/', cachePage(300)(news))
 * ```
 */
export function cachePage(timeout: Timeout, options: CachePageOptions = {}): ViewWrapper {
  const pages = new PageCache(() => timeout, options)
  return <V extends AnyView>(view: V): V => {
    const cached = (...args: never[]) => pages.respond(args[0] as unknown as HttpRequest, () => view(...args))
    return wrapView(view, cached as unknown as V)
  }
}
