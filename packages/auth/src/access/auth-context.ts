import type { ContextProcessor } from '@nuages/core'
import { RequestUser } from '../login/request-user.ts'
import { AnonymousUser } from '../users/anonymous-user.ts'
import { permissionLookup } from './permission-lookup.ts'

/**
 * `user` and `perms` in every template. Django's context processor `auth`. The page of a request that was refused before
 * it had a user has nobody's.
 */
export const authContext: ContextProcessor = (request) => {
  const user = (request.user as RequestUser | undefined) ?? RequestUser.of(new AnonymousUser())
  return { user, perms: permissionLookup(user) }
}
