import { type HttpRequest, HttpResponse } from '@nuages/http'
import type { MaybeResponse, Middleware, Next } from '../middleware/middleware.ts'
import { type CulpritOf, invalidResponse } from './invalid-response.ts'

/** Turns an error into a response. It never throws and never rejects. */
export type ErrorResponder = (request: HttpRequest, error: unknown) => MaybeResponse

/** The view, before anybody has looked at what it gives back. */
export interface ViewStep {
  readonly call: (request: HttpRequest) => unknown
  readonly culprit: CulpritOf
}

/**
 * Puts `middleware` around `view`, the first one outermost. It is done once: what is synchronous from end to end makes no
 * closures and no promises. At each layer an error becomes a response, so that the layers further out, which set headers
 * and close what they opened, always see one.
 */
export function composeMiddleware(middleware: readonly Middleware[], view: ViewStep, respond: ErrorResponder): Next {
  return middleware.reduceRight<Next>(
    (next, layer) => {
      const name = `The middleware ${layer.name || '(anonymous)'}`
      return guarded({ call: (request) => layer(request, next), culprit: () => name }, respond)
    },
    guarded(view, respond),
  )
}

function guarded({ call, culprit }: ViewStep, respond: ErrorResponder): Next {
  const certain = (request: HttpRequest, value: unknown): MaybeResponse =>
    value instanceof HttpResponse ? value : respond(request, invalidResponse(value, culprit(request)))
  return (request) => {
    let result: unknown
    try {
      result = call(request)
    } catch (error) {
      return respond(request, error)
    }
    if (!(result instanceof Promise)) return certain(request, result)
    // One step for both outcomes: each further one is a turn of the microtask queue, at every layer of every request.
    return result.then(
      (value) => certain(request, value),
      (error: unknown) => respond(request, error),
    )
  }
}
