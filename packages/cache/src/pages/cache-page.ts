import { wrapView } from '@nuages/core'
import type { HttpRequest, HttpResponse } from '@nuages/http'
import type { Timeout } from '../timeout.ts'
import { type CachePageOptions, PageCache } from './page-cache.ts'
import type { WrappableView } from './wrap-responses.ts'

/** A view whose answers are kept. It takes what the view takes, and keeps the class of one that `asView()` made. */
export type CachedView<V extends WrappableView> = ((...args: Parameters<V>) => Promise<HttpResponse>) & {
  readonly [K in keyof V]: V[K]
}

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
): <V extends WrappableView>(view: V) => CachedView<V> {
  const pages = new PageCache(() => timeout, options)
  return <V extends WrappableView>(view: V) => {
    const cached = (request: HttpRequest, ...params: never[]) => pages.respond(request, () => view(request, ...params))
    return wrapView(view, cached) as unknown as CachedView<V>
  }
}
