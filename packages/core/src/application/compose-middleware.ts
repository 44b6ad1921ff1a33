import { type HttpRequest, HttpResponse } from '@nuages/http'
import type { MaybeResponse, Middleware, Next } from '../middleware/middleware.ts'
import { checkedResponse } from './call-view.ts'

/** Turns an error into a response. It never throws and never rejects. */
export type ErrorResponder = (request: HttpRequest, error: unknown) => MaybeResponse

/**
 * Puts `middleware` around `view`, the first one outermost. It is done once: a request makes no closures. At each layer an
 * error becomes a response, so that the layers further out, which set headers and close what they opened, always see one.
 */
export function composeMiddleware(middleware: readonly Middleware[], view: Next, respond: ErrorResponder): Next {
  return middleware.reduceRight<Next>(
    (next, layer) => {
      const named = () => `The middleware ${layer.name || '(anonymous)'}`
      return guarded((request) => {
        const result = layer(request, next)
        return result instanceof HttpResponse ? result : checkedResponse(result, named)
      }, respond)
    },
    guarded(view, respond),
  )
}

function guarded(step: Next, respond: ErrorResponder): Next {
  return (request) => {
    try {
      const result = step(request)
      return result instanceof Promise ? result.catch((error: unknown) => respond(request, error)) : result
    } catch (error) {
      return respond(request, error)
    }
  }
}
