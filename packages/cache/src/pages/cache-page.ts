import { type AsyncView, type WrappableView, wrapView } from '@nuages/core'
import type { HttpRequest } from '@nuages/http'
import type { Timeout } from '../timeout.ts'
import { type CachePageOptions, PageCache } from './page-cache.ts'

/**
 * Keeps the answers of a view for `timeout` (seconds, a duration, or `null`), by address, language, time zone and what `Vary`
 * names. What was made for one visitor is kept for nobody else. The view becomes asynchronous. Django's `cache_page`.
 *
 * ```ts
 * path('news/', cachePage(300)(news))
 * ```
 */
export function cachePage(
  timeout: Timeout,
  options: CachePageOptions = {},
): <V extends WrappableView>(view: V) => AsyncView<V> {
  const pages = new PageCache(() => timeout, options)
  return <V extends WrappableView>(view: V) => {
    const cached = (request: HttpRequest, ...params: never[]) => pages.respond(request, () => view(request, ...params))
    return wrapView(view, cached) as unknown as AsyncView<V>
  }
}
