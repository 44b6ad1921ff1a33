import { type HttpRequest, HttpResponse } from '@nuages/http'
import type { UrlResolver } from '@nuages/urls'
import { InvalidResponse } from '../errors.ts'
import type { MaybeResponse, Next } from '../middleware/middleware.ts'

/** The innermost step: finds the view of a request and calls it. Throws `Resolver404` and whatever the view throws. */
export function viewCaller(resolver: UrlResolver): Next {
  return (request) => {
    const match = resolver.find(request.pathInfo) ?? resolver.resolve(request.pathInfo)
    request.resolverMatch = match
    const { view } = match
    return checkedResponse(view(request, match.params), () => viewOf(request))
  }
}

/** `result`, once it is sure to be a response; `who` names the culprit when it is not. */
export function checkedResponse(result: unknown, who: () => string): MaybeResponse {
  if (result instanceof HttpResponse) return result
  if (result instanceof Promise) return result.then((value) => certain(value, who))
  return certain(result, who)
}

function certain(value: unknown, who: () => string): HttpResponse {
  if (value instanceof HttpResponse) return value
  throw new InvalidResponse(`${who()} returned ${described(value)} in place of an HttpResponse.`, {
    hint:
      value === undefined
        ? 'Is a `return` missing, or an `await` before an asynchronous step?'
        : 'Wrap it: new HttpResponse(text), new JsonResponse(data), or render(request, template, context).',
  })
}

function viewOf(request: HttpRequest): string {
  const match = request.resolverMatch
  return `The view ${match?.view.name || '(anonymous)'} of the URL pattern '${match?.route}'`
}

function described(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (typeof value === 'object') return `an object (${value.constructor?.name ?? 'without a class'})`
  return `a ${typeof value}`
}
