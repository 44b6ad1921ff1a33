import { conditionalResponse, setEntityTag } from '@nuages/http'
import { type Middleware, mapResponse } from './middleware.ts'

/**
 * Gives whole 200 responses to GET and HEAD an ETag, and answers 304 when the client holds the same already. A response
 * marked `no-store` gets none. Django's `ConditionalGetMiddleware`.
 */
export const conditionalGetMiddleware: Middleware = (request, next) => {
  if (request.method !== 'GET' && request.method !== 'HEAD') return next(request)
  return mapResponse(next(request), (response) => {
    if (response.status !== 200) return response
    setEntityTag(response)
    return conditionalResponse(request, response)
  })
}
