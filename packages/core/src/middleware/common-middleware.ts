import { escapePath, type HttpRequest, type HttpResponse, HttpResponsePermanentRedirect } from '@nuages/http'
import { appendSlash } from '@nuages/urls'
import { MissingTrailingSlash } from '../errors.ts'
import { fromSettings } from '../settings/active-settings.ts'
import type { Middleware } from './middleware.ts'
import { middlewareOf } from './middleware-steps.ts'

const policy = fromSettings(({ appendSlash, prependWww, debug }) => ({ appendSlash, prependWww, debug }))

const methodsWithBody = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/**
 * Refuses hosts that the project does not serve, puts `www.` before the host where the settings ask for it, and sends an
 * address that only exists with a trailing slash on to it. Django's `CommonMiddleware`.
 */
export const commonMiddleware: Middleware = middlewareOf('commonMiddleware', {
  before(request) {
    const current = policy()
    // Reading the host validates it, for pages that never build a URL from it as well.
    const { host } = request
    if (!current.prependWww || host.startsWith('www.')) return undefined
    const path = (current.appendSlash && slashed(request)) || request.fullPath
    return new HttpResponsePermanentRedirect(`${request.scheme}://www.${host}${path}`)
  },
  after: (request, response) =>
    response.status === 404 && policy().appendSlash ? withSlash(request, response) : response,
})

/** The way to the same address with its slash, when the 404 comes from a missing one. */
function withSlash(request: HttpRequest, response: HttpResponse): HttpResponse {
  const location = slashed(request)
  if (location === undefined) return response
  if (policy().debug && methodsWithBody.has(request.method)) {
    throw new MissingTrailingSlash(
      `${request.method} ${request.path} has no URL pattern, but ${request.path}/ has. A redirect would lose the body that was sent.`,
      {
        hint: `Let the form or the client send to '${request.path}/', or set appendSlash to false. With debug off this is a plain redirect.`,
      },
    )
  }
  return new HttpResponsePermanentRedirect(location)
}

/** The full path with a trailing slash, when only that is in the URLconf. The query stays. */
function slashed(request: HttpRequest): string | undefined {
  const path = appendSlash(request.pathInfo)
  if (path === undefined) return undefined
  const { SCRIPT_NAME: mount, QUERY_STRING: query } = request.environ
  return `${escapePath(mount)}${path}${query === '' ? '' : `?${query}`}`
}
