import { type ViewWrapper, wrapResponses } from '@nuages/core'
import { type CacheControlOptions, patchCacheControl } from '@nuages/http'

/**
 * Has the answers of a view say how they may be cached. Django's `cache_control`.
 *
 * ```ts
 * path('logo/', cacheControl({ public: true, maxAge: 3600 })(logo))
 * ```
 */
export function cacheControl(options: CacheControlOptions): ViewWrapper {
  return wrapResponses((_request, response) => {
    patchCacheControl(response, options)
    return response
  })
}
