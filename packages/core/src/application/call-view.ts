import type { UrlResolver } from '@nuages/urls'
import type { ViewStep } from './compose-middleware.ts'

/** The innermost step: finds the view of a request and calls it. Throws `Resolver404` and whatever the view throws. */
export function viewCaller(resolver: UrlResolver): ViewStep {
  return {
    call: (request) => {
      const match = resolver.find(request.pathInfo) ?? resolver.resolve(request.pathInfo)
      request.resolverMatch = match
      return match.view(request, match.params)
    },
    culprit: ({ resolverMatch: match }) =>
      `The view ${match?.view.name || '(anonymous)'} of the URL pattern '${match?.route}'`,
  }
}
