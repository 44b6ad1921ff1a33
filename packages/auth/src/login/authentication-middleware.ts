import type { Middleware } from '@nuages/core'
import { RequestUser } from './request-user.ts'

declare module '@nuages/http' {
  interface RequestExtensions {
    /** Who sent the request: `await request.user`. Nothing is asked before that, and nothing at all without a session. */
    user: RequestUser
  }
}

/**
 * Gives each request its `user`. The app brings it along, inside the middleware of the settings; one of the settings that
 * asks for the user comes after it in the list there. Django's `AuthenticationMiddleware`.
 */
export const authenticationMiddleware: Middleware = (request, next) => {
  request.user ??= RequestUser.ofSession(request)
  return next(request)
}
