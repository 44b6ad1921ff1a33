import type { HttpRequest, HttpResponse } from '@nuages/http'

/** A response, or the promise of one. What is synchronous from end to end makes no promise. */
export type MaybeResponse = HttpResponse | Promise<HttpResponse>

/** The rest of the way: the middleware further in, then the view. Django's `get_response`. */
export type Next = (request: HttpRequest) => MaybeResponse

/**
 * Stands around the view: it may answer itself, or call `next(request)` and change what comes back. It may be synchronous
 * or asynchronous. `next` never throws and never rejects: an error further in has become a response before it returns.
 */
export type Middleware = (request: HttpRequest, next: Next) => MaybeResponse

/** Calls `change` with the response, at once when it is there and after it otherwise: keeps a synchronous way synchronous. */
export function mapResponse(response: MaybeResponse, change: (response: HttpResponse) => HttpResponse): MaybeResponse {
  return response instanceof Promise ? response.then(change) : change(response)
}
