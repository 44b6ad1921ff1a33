import { type Guard, guardWith, RequestUser, userOf, type ViewClass } from '@nuages/auth'
import { apps, csrfExempt, csrfMiddleware, type WrappableView } from '@nuages/core'
import { ImproperlyConfigured } from '@nuages/foundation'
import { type HttpRequest, HttpResponse } from '@nuages/http'
import type { ResolverMatch } from '@nuages/urls'
import { View } from '@nuages/views'
import { authenticateRequest, ownAuthorization } from './authenticate-request.ts'
import { insufficientScope, nothingGiven, refusalResponse } from './refusal.ts'
import { assertScopes } from './scopes.ts'
import { noteGuarded } from './tokens-middleware.ts'

/**
 * Lets through who sends a token that has all of `scopes`, in the header `Authorization: Bearer …`; and, with `tokens.basic`
 * of the settings, who sends a password. `request.user` is the token's user, `request.auth` the token. Cookies do not count
 * behind it, so a form of another site has no way in and no CSRF token is asked for. Others get 401 or 403, with
 * `WWW-Authenticate` (RFC 6750). For functions, what `asView()` gives, and classes.
 *
 * A token works where a view asks for it and nowhere else: one for `posts:read` opens no page that a log-in opens.
 *
 * ```ts
 * path('api/posts/', tokenRequired('posts:read')(posts))
 * class PostApi extends tokenRequired('posts:write')(View) {}
 * ```
 */
export function tokenRequired(...scopes: readonly string[]): Guard {
  assertScopes(scopes)
  return spared(guardWith((request) => byToken(request, scopes)))
}

/**
 * The same, and lets through who is logged in as well: for what the site's own pages call too. Those send a CSRF token, as
 * everywhere; whatever `scopes` say, a user may do all that they may.
 */
export function tokenOrLoginRequired(...scopes: readonly string[]): Guard {
  assertScopes(scopes)
  return spared(
    guardWith(async (request) => {
      noteGuarded(request)
      if (ownAuthorization(request) !== undefined || request.auth !== undefined) return byToken(request, scopes)
      if (!(await userOf(request)).isAuthenticated) return refusalResponse(nothingGiven)
      return checkCsrf(request)
    }),
  )
}

async function byToken(request: HttpRequest, scopes: readonly string[]): Promise<HttpResponse | undefined> {
  assertInstalled()
  noteGuarded(request)
  if (request.auth === undefined) {
    const found = await authenticateRequest(request)
    if ('status' in found) return refusalResponse(found)
    // Who has read the session already could act in it.
    const forged = hasLoadedSession(request) ? await checkCsrf(request) : undefined
    if (forged !== undefined) return forged
    request.dropCookies()
    request.user = RequestUser.of(found.user)
    request.auth = found.auth
  }
  return request.auth.hasScopes(...scopes) ? undefined : refusalResponse(insufficientScope(scopes))
}

function assertInstalled(): void {
  if (apps.has('tokens')) return
  throw new ImproperlyConfigured('A view asks for a token, and the app tokens is not installed.', {
    hint: 'Add tokens of nuages/tokens to installedApps, after auth, and run the migrate command.',
  })
}

/** What the sessions' app hangs on a request, if it is installed. */
interface SessionOfCookie {
  readonly accessed: boolean
  readonly sessionKey: string | undefined
}

function hasLoadedSession(request: HttpRequest): boolean {
  const session = request.session as SessionOfCookie | undefined
  return session?.accessed === true && session.sessionKey !== undefined
}

/** The check that the guard's view was spared. */
async function checkCsrf(request: HttpRequest): Promise<HttpResponse | undefined> {
  const match = { ...request.resolverMatch, view: checkedView } as unknown as ResolverMatch
  return csrfMiddleware.processView?.(request, match)
}

/** A view that is not exempt. */
const checkedView = () => new HttpResponse()

/** A view behind the guard is spared the check by cookie, which the guard makes superfluous or does itself. */
function spared(guard: Guard): Guard {
  return ((view: WrappableView | ViewClass) =>
    isViewClass(view) ? sparedClass(guard(view)) : csrfExempt(guard(view))) as Guard
}

function isViewClass(view: WrappableView | ViewClass): view is ViewClass {
  return view.prototype instanceof View || view === View
}

function sparedClass(Guarded: ViewClass): ViewClass {
  const asView = (Guarded as unknown as typeof View).asView
  class SparedView extends Guarded {
    static asView(this: new () => View<unknown>, initkwargs?: object): WrappableView {
      // biome-ignore lint/complexity/noThisInStatic: the class that asView is called on, which extends this one
      return csrfExempt(asView.call(this as never, initkwargs as never) as WrappableView)
    }
  }
  Object.defineProperty(SparedView, 'name', { value: Guarded.name })
  return SparedView
}
