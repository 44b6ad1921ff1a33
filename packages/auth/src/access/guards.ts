import type { AsyncView, WrappableView } from '@nuages/core'
import { Http404, type HttpRequest, PermissionDenied } from '@nuages/http'
import { userOf, type Visitor } from '../login/request-user.ts'
import { type Guard, guardWith, type ViewClass } from './guard.ts'
import { type LoginUrlOptions, loginRedirect } from './redirect-to-login.ts'

/**
 * Lets through whom `test` accepts. Who is not logged in is sent to do so and comes back; who is gets a 403. For functions,
 * what `asView()` gives, and classes. Django's `user_passes_test` and `UserPassesTestMixin`, with the answers of the latter.
 *
 * ```ts
 * path('drafts/', userPassesTest((user) => user.isStaff)(drafts))
 * class Drafts extends userPassesTest((user) => user.isStaff)(ListView(Draft)) {}
 * ```
 */
export function userPassesTest(
  test: (user: Visitor, request: HttpRequest) => boolean | Promise<boolean>,
  options: LoginUrlOptions = {},
): Guard {
  return guardWith(async (request) => refusal(request, await test(await userOf(request), request), options))
}

/** What is answered to who was refused; nothing to who was not. */
async function refusal(request: HttpRequest, allowed: boolean, options: LoginUrlOptions) {
  if (allowed) return undefined
  const user = await userOf(request)
  if (user.isAuthenticated) throw new PermissionDenied(`'${String(user)}' may not do this.`)
  return loginRedirect(request, options)
}

/**
 * Lets through who is logged in; others are sent to do so, and come back. Django's `login_required` and
 * `LoginRequiredMixin`.
 *
 * ```ts
 * path('account/', loginRequired(account), 'account')
 * path('write/', loginRequired(PostCreate.asView(), { loginUrl: 'sign-in' }))
 * class MyPosts extends loginRequired(ListView(Post)) {}
 * ```
 */
export function loginRequired<V extends WrappableView>(view: V, options?: LoginUrlOptions): AsyncView<V>
export function loginRequired<V extends ViewClass>(view: V, options?: LoginUrlOptions): V
export function loginRequired(view: ViewClass & WrappableView, options: LoginUrlOptions = {}): unknown {
  return userPassesTest((user) => user.isAuthenticated, options)(view)
}

export interface PermissionRequiredOptions extends LoginUrlOptions {
  /**
   * The object that the permission is asked of, by the request and the parameters of its URL. The backends are asked with it;
   * `ModelBackend` knows of models alone and answers no. May throw `Http404`.
   */
  readonly object?: (request: HttpRequest, params: never) => object | Promise<object>
}

/**
 * Lets through who has the permission, or all of several. Django's `permission_required` and `PermissionRequiredMixin`.
 *
 * ```ts
 * path('write/', permissionRequired('blog.add_post')(PostCreate.asView()))
 * permissionRequired('blog.change_post', { object: (_request, { id }: { id: number }) => getObjectOr404(Post, { id }) })
 * ```
 */
export function permissionRequired(
  permission: string | readonly string[],
  { object, ...options }: PermissionRequiredOptions = {},
): Guard {
  const permissions = typeof permission === 'string' ? [permission] : permission
  return guardWith(async (request, params) => {
    const user = await userOf(request)
    let subject: object | undefined
    try {
      subject = await object?.(request, params as never)
    } catch (error) {
      // Who is not logged in does not learn which objects there are.
      if (error instanceof Http404 && !user.isAuthenticated) return loginRedirect(request, options)
      throw error
    }
    return refusal(request, await user.hasPerms(permissions, subject), options)
  })
}
