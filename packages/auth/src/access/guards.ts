import { wrapView } from '@nuages/core'
import { type HttpRequest, type HttpResponse, PermissionDenied } from '@nuages/http'
import { userOf, type Visitor } from '../login/request-user.ts'
import { type LoginUrlOptions, loginRedirect } from './redirect-to-login.ts'

/** A view: a function, or what `asView()` gives. */
type View = (request: HttpRequest, ...params: never[]) => HttpResponse | Promise<HttpResponse>

/** A view that asks first. It takes what the view takes, and keeps the class of one that `asView()` made. */
export type Guarded<V extends View> = ((...args: Parameters<V>) => Promise<HttpResponse>) & {
  readonly [K in keyof V]: V[K]
}

/**
 * Lets through whom `test` accepts. Who is not logged in is sent to do so and comes back; who is gets a 403. For functions
 * and for what `asView()` gives. Django's `user_passes_test`, with the answers of its mixin.
 *
 * ```ts
 * path('drafts/', userPassesTest((user) => user.isStaff)(drafts))
 * ```
 */
export function userPassesTest(
  test: (user: Visitor, request: HttpRequest) => boolean | Promise<boolean>,
  options: LoginUrlOptions = {},
): <V extends View>(view: V) => Guarded<V> {
  return <V extends View>(view: V): Guarded<V> => {
    const guarded = async (request: HttpRequest, ...params: never[]): Promise<HttpResponse> => {
      const user = await userOf(request)
      if (await test(user, request)) return view(request, ...params)
      if (user.isAuthenticated) throw new PermissionDenied(`'${String(user)}' may not do this.`)
      return loginRedirect(request, options)
    }
    return wrapView(view, guarded) as unknown as Guarded<V>
  }
}

/**
 * Lets through who is logged in; others are sent to do so, and come back. Django's `login_required`.
 *
 * ```ts
 * path('account/', loginRequired(account), 'account')
 * path('write/', loginRequired(PostCreate.asView(), { loginUrl: 'sign-in' }))
 * ```
 */
export function loginRequired<V extends View>(view: V, options: LoginUrlOptions = {}): Guarded<V> {
  return userPassesTest((user) => user.isAuthenticated, options)(view)
}

/**
 * Lets through who has the permission, or all of several. Django's `permission_required`.
 *
 * ```ts
 * path('write/', permissionRequired('blog.add_post')(PostCreate.asView()))
 * ```
 */
export function permissionRequired(
  permission: string | readonly string[],
  options: LoginUrlOptions = {},
): <V extends View>(view: V) => Guarded<V> {
  const permissions = typeof permission === 'string' ? [permission] : permission
  return userPassesTest((user) => user.hasPerms(permissions), options)
}
