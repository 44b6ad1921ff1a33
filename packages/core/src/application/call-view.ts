import type { HttpRequest } from '@nuages/http'
import type { ResolverMatch, UrlResolver } from '@nuages/urls'
import type { ProcessView } from '../middleware/middleware.ts'
import type { ViewStep } from './compose-middleware.ts'

/**
 * The innermost step: finds the view of a request, shows both to `processView` of the middleware, and calls the view. Throws
 * `Resolver404` and whatever the view throws.
 */
export function viewCaller(resolver: UrlResolver, processViews: readonly ProcessView[] = []): ViewStep {
  return {
    call: (request) => {
      const match = resolver.find(request.pathInfo) ?? resolver.resolve(request.pathInfo)
      request.resolverMatch = match
      return processed(request, match, processViews, 0)
    },
    culprit: ({ resolverMatch: match }) =>
      `The view ${match?.view.name || '(anonymous)'} of the URL pattern '${match?.route}'`,
  }
}

/** The answer of the first of `processViews` that has one, else the view's. What is synchronous stays so. */
function processed(
  request: HttpRequest,
  match: ResolverMatch,
  processViews: readonly ProcessView[],
  from: number,
): unknown {
  for (let index = from; index < processViews.length; index++) {
    const answer = processViews[index]!(request, match)
    if (answer instanceof Promise) {
      return answer.then((late) => late ?? processed(request, match, processViews, index + 1))
    }
    if (answer !== undefined) return answer
  }
  return match.view(request, match.params)
}
