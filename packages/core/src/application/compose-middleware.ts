import { type HttpRequest, HttpResponse } from '@nuages/http'
import type { MaybeResponse, Middleware, Next } from '../middleware/middleware.ts'
import { stepsOf } from '../middleware/middleware-steps.ts'
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
 * closures and no promises, and what is not, few. At each layer an error becomes a response, so that the layers further out,
 * which set headers and close what they opened, always see one.
 */
export function composeMiddleware(middleware: readonly Middleware[], view: ViewStep, respond: ErrorResponder): Next {
  let next = guarded(view, respond)
  for (let end = middleware.length; end > 0; ) {
    const start = startOfSteps(middleware, end)
    next =
      start === end ? around(middleware[end - 1]!, next, respond) : stepped(middleware.slice(start, end), next, respond)
    end = Math.min(start, end - 1)
  }
  return next
}

/** Where the middleware in halves begins that stands in a row before `end`; `end` itself where there is none. */
function startOfSteps(middleware: readonly Middleware[], end: number): number {
  let start = end
  while (start > 0 && stepsOf(middleware[start - 1]!) !== undefined) start -= 1
  return start
}

function guarded({ call, culprit }: ViewStep, respond: ErrorResponder): Next {
  const certain = certainly(culprit, respond)
  return (request) => {
    let result: unknown
    try {
      result = call(request)
    } catch (error) {
      return respond(request, error)
    }
    return certain(request, result)
  }
}

/**
 * One layer. What it hands on as it came is certain already, and needs no promise of its own. `last` is shared by all requests:
 * whichever of them `next` answered, its answer is certain.
 */
function around(layer: Middleware, next: Next, respond: ErrorResponder): Next {
  const certain = certainly(named(layer), respond)
  let last: MaybeResponse | undefined
  const noted: Next = (request) => {
    last = next(request)
    return last
  }
  return (request) => {
    let result: MaybeResponse
    try {
      result = layer(request, noted)
    } catch (error) {
      return respond(request, error)
    }
    const isHandedOn = last !== undefined && result === last
    last = undefined
    return isHandedOn ? result : certain(request, result)
  }
}

/** Layers in halves that stand in a row: inwards and outwards in one go, waiting only for what is not there yet. */
function stepped(layers: readonly Middleware[], next: Next, respond: ErrorResponder): Next {
  const steps = layers.map((layer) => {
    const { before, after } = stepsOf(layer)!
    return { before, after, certain: certainly(named(layer), respond) }
  })
  const outwards = (request: HttpRequest, response: MaybeResponse, from: number): MaybeResponse => {
    let current = response
    for (let index = from; index >= 0; index -= 1) {
      if (current instanceof Promise) return current.then((late) => outwards(request, late, index))
      const { after, certain } = steps[index]!
      try {
        current = certain(request, after(request, current))
      } catch (error) {
        current = respond(request, error)
      }
    }
    return current
  }
  return (request) => {
    for (let index = 0; index < steps.length; index += 1) {
      const { before, certain } = steps[index]!
      if (before === undefined) continue
      try {
        const answer = before(request)
        if (answer !== undefined) return outwards(request, certain(request, answer), index - 1)
      } catch (error) {
        return outwards(request, respond(request, error), index - 1)
      }
    }
    return outwards(request, next(request), steps.length - 1)
  }
}

function named(layer: Middleware): CulpritOf {
  const name = `The middleware ${layer.name || '(anonymous)'}`
  return () => name
}

/** What was returned as a response, whatever it is. It never throws and never rejects. */
function certainly(
  culprit: CulpritOf,
  respond: ErrorResponder,
): (request: HttpRequest, value: unknown) => MaybeResponse {
  const checked = (request: HttpRequest, value: unknown): MaybeResponse =>
    value instanceof HttpResponse ? value : respond(request, invalidResponse(value, culprit(request)))
  return (request, value) => {
    if (!(value instanceof Promise)) return checked(request, value)
    // One step for both outcomes: each further one is a turn of the microtask queue, at every layer of every request.
    return value.then(
      (late) => checked(request, late),
      (error: unknown) => respond(request, error),
    )
  }
}
