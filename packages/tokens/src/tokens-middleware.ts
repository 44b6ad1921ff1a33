import { type Middleware, mapResponse } from '@nuages/core'
import { type HttpRequest, type HttpResponse, patchVaryHeaders } from '@nuages/http'

const guarded = new WeakSet<HttpRequest>()

/** Remembers that the answer to a request depends on its `Authorization` header. */
export function noteGuarded(request: HttpRequest): void {
  guarded.add(request)
}

/** Says of each answer that a guard stood before it, errors among them, that it depends on the header. The app brings it along. */
export const tokensMiddleware: Middleware = (request, next) =>
  mapResponse(next(request), (response) => (guarded.has(request) ? varied(response) : response))

function varied(response: HttpResponse): HttpResponse {
  patchVaryHeaders(response, ['Authorization'])
  return response
}
