import { type HttpRequest, type HttpResponse, patchVaryHeaders } from '@nuages/http'
import { csrfPolicy } from './csrf-policy.ts'
import { malformation, maskSecret, newSecret, secretOf } from './csrf-token.ts'
import { keepInSession, secretInSession } from './session-secret.ts'

/** The secrets of requests that used theirs: each goes into the cookie of the response. */
const used = new WeakMap<HttpRequest, string>()

/**
 * A token for the page that answers the request: it goes into the form field `csrfmiddlewaretoken` or the header
 * `X-CSRFToken` of what the page sends. Calling it makes the response set the cookie and vary on it. With `csrfUseSessions` it throws
 * `ImproperlyConfigured` before the view. Django's `get_token`.
 */
export function getToken(request: HttpRequest): string {
  let secret = used.get(request)
  if (secret === undefined) {
    secret = csrfPolicy().useSessions ? secretInSession(request) : secretInCookie(request)
    if (secret === undefined) return maskSecret(newSecretOf(request))
    used.set(request, secret)
  }
  return maskSecret(secret)
}

/** Makes tokens that were handed out before worthless: to be called when somebody logs in. Django's `rotate_token`. */
export function rotateToken(request: HttpRequest): void {
  newSecretOf(request)
}

/** The secret that the answer to the request depends on; `undefined` where nobody has asked for a token. */
export function usedSecret(request: HttpRequest): string | undefined {
  return used.get(request)
}

function newSecretOf(request: HttpRequest): string {
  const secret = newSecret()
  used.set(request, secret)
  if (csrfPolicy().useSessions) keepInSession(request, secret)
  return secret
}

/** Sets the cookie where the request used its token, unless the session holds it. */
export function withCsrfCookie(request: HttpRequest, response: HttpResponse): HttpResponse {
  const secret = used.get(request)
  if (secret === undefined) return response
  const { useSessions, cookieName, cookie, cookieSecure } = csrfPolicy()
  if (useSessions) return response
  response.setCookie(cookieName, secret, { ...cookie, secure: cookieSecure ?? request.isSecure })
  patchVaryHeaders(response, ['Cookie'])
  return response
}

function secretInCookie(request: HttpRequest): string | undefined {
  const cookie = request.cookies.get(csrfPolicy().cookieName)
  return cookie === undefined || malformation(cookie) !== undefined ? undefined : secretOf(cookie)
}
