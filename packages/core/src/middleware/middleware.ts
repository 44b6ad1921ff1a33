import type { HttpRequest, HttpResponse } from '@nuages/http'
import type { ResolverMatch } from '@nuages/urls'
import type { Settings } from '../settings/settings.ts'

/** A response, or the promise of one. What is synchronous from end to end makes no promise. */
export type MaybeResponse = HttpResponse | Promise<HttpResponse>

/** The rest of the way: the middleware further in, then the view. Django's `get_response`. */
export type Next = (request: HttpRequest) => MaybeResponse

/**
 * Looks at a request whose view has been found, when every middleware has let it in: it may answer in place of the view, or
 * return nothing. Django's `process_view`.
 */
export type ProcessView = (
  request: HttpRequest,
  match: ResolverMatch,
) => HttpResponse | undefined | Promise<HttpResponse | undefined>

/**
 * Stands around the view: it may answer itself, or call `next(request)` and change what comes back. It may be synchronous
 * or asynchronous. `next` never throws and never rejects: an error further in has become a response before it returns.
 */
export interface Middleware {
  (request: HttpRequest, next: Next): MaybeResponse
  /** Called between the last middleware and the view. */
  readonly processView?: ProcessView
  /** Whether the project needs it at all; one that is not used is left out, and costs nothing. Django's `MiddlewareNotUsed`. */
  readonly isUsed?: (settings: Settings) => boolean
}

/** Calls `change` with the response, at once when it is there and after it otherwise: keeps a synchronous way synchronous. */
export function mapResponse(response: MaybeResponse, change: (response: HttpResponse) => HttpResponse): MaybeResponse {
  return response instanceof Promise ? response.then(change) : change(response)
}
