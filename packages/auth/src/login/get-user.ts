import { constantTimeCompare } from '@nuages/core'
import type { HttpRequest } from '@nuages/http'
import { type SessionStore, sessionOf } from '@nuages/sessions'
import { authenticationBackends } from '../backends/active-backends.ts'
import { AnonymousUser } from '../users/anonymous-user.ts'
import type { CurrentUser } from '../users/get-user-model.ts'
import { backendKey, hashKey, userKey } from './session-keys.ts'

/**
 * Who the session of a request says is logged in. Nobody where the user is gone, may no longer log in, or has another
 * password since. Without a session nothing is asked. Django's `auth.get_user`.
 */
export async function getUser(request: HttpRequest): Promise<CurrentUser | AnonymousUser> {
  const session = sessionOf(request)
  // What is in a session was written by this site, or by Django; its types are not certain all the same.
  const id: unknown = await session.get(userKey)
  if (typeof id !== 'string') return new AnonymousUser()
  const backendName = await session.get(backendKey)
  const backend = authenticationBackends().find(({ name }) => name === backendName)
  const user = (await backend?.getUser(id)) ?? null
  return user !== null && (await isStillValid(session, user)) ? user : new AnonymousUser()
}

/** Whether the password is the one of the log-in. If not, the session ends here; a hash of a former secret key is renewed. */
async function isStillValid(session: SessionStore, user: CurrentUser): Promise<boolean> {
  const hash: unknown = await session.get(hashKey)
  const current = user.getSessionAuthHash()
  if (typeof hash === 'string') {
    if (constantTimeCompare(hash, current)) return true
    if (user.getSessionAuthFallbackHashes().some((former) => constantTimeCompare(hash, former))) {
      await session.cycleKey()
      await session.set(hashKey, current)
      return true
    }
  }
  await session.flush()
  return false
}
