import type { HttpRequest, HttpResponse } from '@nuages/http'
import type { MaybeResponse, Middleware } from './middleware.ts'

/** Middleware in two halves. Those in a row wait for an answer together: one promise for all, not two for each. */
export interface MiddlewareSteps {
  /** On the way in. What it returns is the answer: then neither `after` nor anything further in is called. */
  readonly before?: (request: HttpRequest) => HttpResponse | undefined
  /** On the way out. */
  readonly after: (request: HttpRequest, response: HttpResponse) => MaybeResponse
}

const known = new WeakMap<Middleware, MiddlewareSteps>()

/** The halves of a middleware that `middlewareOf` made. */
export function stepsOf(middleware: Middleware): MiddlewareSteps | undefined {
  return known.get(middleware)
}

/** A middleware of its halves, which may be called like any other. `name` is what messages call it. */
export function middlewareOf(
  name: string,
  { before, after }: MiddlewareSteps,
  parts: Pick<Middleware, 'processView' | 'isUsed'> = {},
): Middleware {
  const middleware: Middleware = (request, next) => {
    const answer = before?.(request)
    if (answer !== undefined) return answer
    const response = next(request)
    return response instanceof Promise ? response.then((late) => after(request, late)) : after(request, response)
  }
  Object.defineProperty(middleware, 'name', { value: name })
  known.set(middleware, { ...(before && { before }), after })
  return Object.assign(middleware, parts)
}
