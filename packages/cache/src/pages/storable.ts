import { usesToken } from '@nuages/core'
import { cacheDirectives, directiveSeconds, type HttpRequest, type HttpResponse, parseHttpDate } from '@nuages/http'
import type { CookieWatch } from './cookie-watch.ts'
import { varyingNames } from './page-key.ts'

/** Whether the answer to a request may come from a cache, or be kept in one. Who sends credentials is somebody. */
export function isCacheable({ method, environ }: HttpRequest): boolean {
  return (method === 'GET' || method === 'HEAD') && environ.HTTP_AUTHORIZATION === undefined
}

/** Why a response is not kept for others; `undefined` where nothing is in the way. */
export function reasonNotToStore(request: HttpRequest, response: HttpResponse, watch: CookieWatch): string | undefined {
  if (request.method !== 'GET') return 'only what GET is answered is kept'
  if (response.status !== 200) return `its status is ${response.status}`
  if (response.streaming) return 'it streams'
  if (response.setCookieHeaders().length > 0 || response.headers.has('Set-Cookie')) return 'it sets a cookie'
  if (usesToken(request)) return 'it holds a CSRF token'
  if (request.usedCspNonce !== undefined) return 'it holds the nonce of its Content-Security-Policy'
  if (watch.knowsUser) return 'its view knows the user otherwise than by a cookie'
  if (watch.changedSession) return 'its view changed the session'
  if (varyingNames(response) === undefined) return 'it varies on everything'
  const directives = cacheDirectives(response)
  const refused = ['private', 'no-store', 'no-cache'].find((name) => directives.has(name))
  return refused === undefined ? undefined : `it says ${refused}`
}

/** Seconds that a response may be kept: what it says itself, and `timeout` at most. */
export function secondsToKeep(response: HttpResponse, timeout: number): number {
  const directives = cacheDirectives(response)
  const own =
    directiveSeconds(directives, 's-maxage') ?? directiveSeconds(directives, 'max-age') ?? secondsUntilExpires(response)
  return Math.min(own ?? timeout, timeout)
}

/** What is no date means the past (RFC 9111 §5.3): `Expires: 0`. */
function secondsUntilExpires(response: HttpResponse): number | undefined {
  const expires = response.headers.get('Expires')
  return expires === undefined ? undefined : ((parseHttpDate(expires) ?? 0) - Date.now()) / 1000
}
