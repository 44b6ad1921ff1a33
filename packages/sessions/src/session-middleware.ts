import type { MaybeResponse, Middleware } from '@nuages/core'
import { type HttpRequest, type HttpResponse, patchVaryHeaders } from '@nuages/http'
import { sessionCookie } from './session-cookie.ts'
import { SessionStore } from './session-store.ts'
import { sessionPolicy } from './sessions-settings.ts'

declare module '@nuages/http' {
  interface RequestExtensions {
    /** What the site remembers of this visitor. Nothing is read before it is asked for something. */
    session: SessionStore
  }
}

/**
 * Gives each request its `session`, and saves the session after the view where it changed. A request that does not touch
 * it costs no query and gets no cookie. Django's `SessionMiddleware`.
 */
export const sessionMiddleware: Middleware = (request, next) => {
  request.session = new SessionStore(() => request.cookies.get(sessionCookie(request).name))
  const response = next(request)
  return response instanceof Promise
    ? response.then((late) => withSession(request, late))
    : withSession(request, response)
}

function withSession(request: HttpRequest, response: HttpResponse): MaybeResponse {
  const { session } = request
  if (session.accessed || (sessionPolicy().saveEveryRequest && hasCookie(request))) return finish(request, response)
  return response
}

async function finish(request: HttpRequest, response: HttpResponse): Promise<HttpResponse> {
  const { session } = request
  const everyRequest = sessionPolicy().saveEveryRequest
  patchVaryHeaders(response, ['Cookie'])
  // What a view that failed has left half done is not kept.
  if (response.status >= 500 || !(session.loaded || everyRequest)) return response
  if (await session.isEmpty()) {
    const { name, options } = sessionCookie(request)
    if (request.cookies.has(name)) response.deleteCookie(name, options)
  } else if (session.modified || everyRequest) {
    await session.save()
    await setCookie(request, response)
  }
  return response
}

async function setCookie(request: HttpRequest, response: HttpResponse): Promise<void> {
  const { session } = request
  const { name, options } = sessionCookie(request)
  if (await session.getExpireAtBrowserClose()) {
    response.setCookie(name, session.sessionKey!, options)
    return
  }
  const [maxAge, expires] = [await session.getExpiryAge(), await session.getExpiryDate()]
  response.setCookie(name, session.sessionKey!, { ...options, maxAge, expires })
}

function hasCookie(request: HttpRequest): boolean {
  return request.cookies.has(sessionCookie(request).name)
}
