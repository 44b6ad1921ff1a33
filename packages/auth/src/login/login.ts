import { constantTimeCompare, rotateToken } from '@nuages/core'
import type { HttpRequest } from '@nuages/http'
import { type SessionStore, sessionOf } from '@nuages/sessions'
import { authenticationBackends } from '../backends/active-backends.ts'
import { LoginError } from '../errors.ts'
import { AnonymousUser } from '../users/anonymous-user.ts'
import type { CurrentUser } from '../users/get-user-model.ts'
import { backendOf } from './authenticate.ts'
import { userLoggedIn, userLoggedOut } from './login-signals.ts'
import { pendingKey } from './pending-login.ts'
import { RequestUser, userOf } from './request-user.ts'
import { backendKey, hashKey, loginTimeKey, userKey } from './session-keys.ts'

export interface LoginOptions {
  /** The name of the backend, for a user whom `authenticate` did not find. */
  readonly backend?: string
}

/**
 * Logs a user in: from now on the session says that it is theirs. The session gets another key, and what it held for
 * another user goes. Throws `LoginError` where it is not clear which backend the user belongs to. Django's `login`.
 */
export async function login(request: HttpRequest, user: CurrentUser, options: LoginOptions = {}): Promise<void> {
  const backend = loginBackend(user, options)
  const session = sessionOf(request)
  if (await isForeign(session, user)) await session.flush()
  else await session.cycleKey()
  await session.delete(pendingKey)
  await session.set(userKey, String(user.pk))
  await session.set(backendKey, backend)
  await session.set(hashKey, user.getSessionAuthHash())
  await session.set(loginTimeKey, Math.floor(Temporal.Now.instant().epochMilliseconds / 1000))
  request.user = RequestUser.of(user)
  rotateToken(request)
  await userLoggedIn.send({ request, user })
}

/** Whether a session is of another user, or of a log-in that ended with this user's former password. */
async function isForeign(session: SessionStore, user: CurrentUser): Promise<boolean> {
  const before: unknown = await session.get(userKey)
  if (before === undefined) return false
  const hash: unknown = await session.get(hashKey)
  const isCurrent = typeof hash === 'string' && constantTimeCompare(hash, user.getSessionAuthHash())
  return before !== String(user.pk) || !isCurrent
}

/** The name of the backend that a session of this user is to name. Throws `LoginError` where that is not clear. */
export function loginBackend(user: CurrentUser, options: LoginOptions): string {
  return options.backend ?? backendOf(user) ?? onlyBackend()
}

function onlyBackend(): string {
  const [backend, ...others] = authenticationBackends()
  if (backend !== undefined && others.length === 0) return backend.name
  const names = authenticationBackends().map(({ name }) => `'${name}'`)
  throw new LoginError(
    `login() was called with a user of whom no backend is known, and the project has ${names.join(', ')}.`,
    {
      hint: 'Log in whom authenticate() gave, or name the backend: login(request, user, { backend }).',
    },
  )
}

/** Logs whoever sent the request out, and ends the session with all that it held. Django's `logout`. */
export async function logout(request: HttpRequest): Promise<void> {
  const user = await userOf(request)
  if (user.isAuthenticated) await userLoggedOut.send({ request, user })
  await sessionOf(request).flush()
  request.user = RequestUser.of(new AnonymousUser())
}

/**
 * Keeps the user who changed their password logged in: the other sessions end with the former one. Called after `save()`.
 * Django's `update_session_auth_hash`.
 */
export async function updateSessionAuthHash(request: HttpRequest, user: CurrentUser): Promise<void> {
  const session = sessionOf(request)
  await session.cycleKey()
  const current = await userOf(request)
  if (current.isAuthenticated && current.pk === user.pk) await session.set(hashKey, user.getSessionAuthHash())
}
