import { conditionalResponse, type HttpRequest, type HttpResponse, setEntityTag } from '@nuages/http'
import type { Middleware } from './middleware.ts'
import { middlewareOf } from './middleware-steps.ts'

/**
 * Content shorter than this gets no tag of its own: the tag, and the client's sending it back, take as many bytes as a 304
 * would save. It also keeps the tag of nothing away from a HEAD whose view left the content out.
 */
const minTaggedLength = 128

/**
 * Gives whole 200 responses to GET and HEAD an ETag, and answers 304 when the client holds the same already. A response marked
 * `no-store` gets none, nor does one of a few bytes. Django's `ConditionalGetMiddleware`.
 */
export const conditionalGetMiddleware: Middleware = middlewareOf('conditionalGetMiddleware', { after: conditional })

function conditional(request: HttpRequest, response: HttpResponse): HttpResponse {
  const { method } = request
  if ((method !== 'GET' && method !== 'HEAD') || response.status !== 200) return response
  if (!response.streaming && response.content.length >= minTaggedLength) setEntityTag(response)
  return conditionalResponse(request, response)
}
