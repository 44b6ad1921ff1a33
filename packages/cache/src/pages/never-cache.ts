import { type WrappableView, wrapResponses } from '@nuages/core'
import { addNeverCacheHeaders } from '@nuages/http'

/** A view whose answers nobody keeps: neither browsers, nor proxies, nor `cacheMiddleware`. Django's `never_cache`. */
export function neverCache<V extends WrappableView>(view: V): V {
  return wrapResponses((_request, response) => addNeverCacheHeaders(response))(view)
}
