import { type HttpRequest, HttpResponse, patchVaryHeaders } from '@nuages/http'
import { type CorsPolicy, corsPolicy } from '../cors/cors-policy.ts'
import { type Middleware, mapResponse } from './middleware.ts'

/**
 * Lets pages of other origins read answers, as the setting `cors` says: the CORS protocol of the Fetch standard, with its
 * preflight. Without the setting it is not used. What django-cors-headers is for.
 */
export const corsMiddleware: Middleware = Object.assign(
  function corsMiddleware(request, next) {
    const policy = corsPolicy()
    if (isPreflight(request))
      return allowOrigin(request, new HttpResponse('', { status: 204, contentType: '' }), policy)
    return mapResponse(next(request), (response) => allowOrigin(request, response, policy))
  } satisfies Middleware,
  { isUsed: ({ cors }) => cors !== undefined && cors.origins.length > 0 } satisfies Pick<Middleware, 'isUsed'>,
)

/** Whether a browser asks, before it sends what a page wants to, whether it may: the view has no part in that. */
function isPreflight(request: HttpRequest): boolean {
  return (
    request.method === 'OPTIONS' &&
    request.headers.has('Origin') &&
    request.headers.has('Access-Control-Request-Method')
  )
}

function allowOrigin(request: HttpRequest, response: HttpResponse, policy: CorsPolicy): HttpResponse {
  const { headers } = response
  // Also where no page of another origin asks: a cache has to keep it apart from what one is sent.
  if (!policy.isOpen) patchVaryHeaders(response, ['Origin'])
  const origin = request.headers.get('Origin')
  if (origin === undefined || headers.has('Access-Control-Allow-Origin')) return response
  if (!policy.isOpen && !policy.origins.has(origin)) return response
  headers.set('Access-Control-Allow-Origin', policy.isOpen ? '*' : origin)
  headers.setDefaults(isPreflight(request) ? policy.preflight : policy.answer)
  return response
}
