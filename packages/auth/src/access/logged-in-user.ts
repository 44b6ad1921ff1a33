import { pending } from '@nuages/foundation'
import type { HttpRequest } from '@nuages/http'
import { NotLoggedIn } from '../errors.ts'
import type { RequestUser, Visitor } from '../login/request-user.ts'
import type { CurrentUser } from '../users/get-user-model.ts'

/**
 * The user behind a guard such as `loginRequired`, without waiting: for what is synchronous, such as `getQueryset()` of a view.
 * Throws `NotLoggedIn` where nobody is logged in, or nobody has awaited `request.user` before.
 */
export function loggedInUser(request: HttpRequest): CurrentUser {
  const state = (request.user as RequestUser | undefined)?.[pending]()
  const user = state?.ready ? (state.value as Visitor) : undefined
  if (user?.isAuthenticated) return user
  throw new NotLoggedIn(
    `loggedInUser() was asked for ${request.path}, and ${user === undefined ? 'nobody has looked for the user yet' : 'nobody is logged in'}.`,
    { hint: 'Guard the view: loginRequired(view), or await request.user where anonymous visitors may come.' },
  )
}
