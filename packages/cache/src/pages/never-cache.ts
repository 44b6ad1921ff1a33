import { formatHttpDate, type HttpResponse } from '@nuages/http'
import { patchCacheControl } from './cache-directives.ts'
import { type WrappableView, wrapResponses } from './wrap-responses.ts'

/** Has a response say that nobody may keep it. Django's `add_never_cache_headers`. */
export function addNeverCacheHeaders(response: HttpResponse): void {
  response.headers.setDefault('Expires', formatHttpDate(Date.now()))
  patchCacheControl(response, { maxAge: 0, noCache: true, noStore: true, mustRevalidate: true, private: true })
}

/** A view whose answers nobody keeps: neither browsers, nor proxies, nor `cacheMiddleware`. Django's `never_cache`. */
export function neverCache<V extends WrappableView>(view: V): V {
  return wrapResponses((_request, response) => {
    addNeverCacheHeaders(response)
    return response
  })(view)
}
