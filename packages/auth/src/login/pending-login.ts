import { constantTimeCompare } from '@nuages/core'
import type { HttpRequest } from '@nuages/http'
import { type SessionStore, sessionOf } from '@nuages/sessions'
import { authenticationBackends } from '../backends/active-backends.ts'
import type { CurrentUser } from '../users/get-user-model.ts'

/** Who is half in, as the session keeps it. */
interface StoredLogin {
  readonly user: string
  readonly backend: string
  /** What `getSessionAuthHash()` gave: another password ends it. */
  readonly hash: string
  /** Where the log-in leads in the end; it was checked before. */
  readonly next: string
  /** The apps whose steps are taken. */
  readonly done: readonly string[]
  /** Seconds since 1970 at which the password was given. */
  readonly since: number
}

declare module '@nuages/sessions' {
  interface SessionData {
    /** Who gave the right password and has steps before them. It logs nobody in. */
    _auth_pending: StoredLogin
  }
}

export const pendingKey = '_auth_pending'

/** Seconds in which the steps after the password have to be taken. */
export const pendingAge = 600

/** Somebody who gave the right password and has steps before them. */
export interface PendingLogin {
  readonly user: CurrentUser
  readonly backend: string
  readonly next: string
  readonly done: readonly string[]
}

/** Remembers who is half in. The session gets another key: whoever planted the one before must not come along. */
export async function rememberPending(request: HttpRequest, login: PendingLogin): Promise<void> {
  const { user, backend, next, done } = login
  const session = sessionOf(request)
  const since = (await storedLogin(session))?.since ?? seconds()
  await session.cycleKey()
  const hash = user.getSessionAuthHash()
  await session.set(pendingKey, { user: String(user.pk), backend, hash, next, done, since })
}

/**
 * Who is half in by the session of a request: the password was right, not long ago, and is still the same, and they may
 * still log in. `undefined` where that is nobody.
 */
export async function pendingLogin(request: HttpRequest): Promise<PendingLogin | undefined> {
  const session = sessionOf(request)
  const stored = await storedLogin(session)
  if (stored === undefined) return undefined
  const backend = authenticationBackends().find(({ name }) => name === stored.backend)
  const user = isTimely(stored) ? ((await backend?.getUser(stored.user)) ?? null) : null
  if (user !== null && constantTimeCompare(stored.hash, user.getSessionAuthHash())) {
    return { user, backend: stored.backend, next: stored.next, done: stored.done }
  }
  await forgetPending(request)
  return undefined
}

/** Ends it: the next log-in begins with the password. */
export async function forgetPending(request: HttpRequest): Promise<void> {
  await sessionOf(request).delete(pendingKey)
}

/** What is in a session was written by this site; its shape is not certain all the same. */
async function storedLogin(session: SessionStore): Promise<StoredLogin | undefined> {
  const stored: unknown = await session.get(pendingKey)
  if (typeof stored !== 'object' || stored === null) return undefined
  const { user, backend, hash, next, done, since } = stored as Record<string, unknown>
  const isWhole =
    [user, backend, hash, next].every((value) => typeof value === 'string') &&
    Array.isArray(done) &&
    typeof since === 'number'
  return isWhole ? (stored as StoredLogin) : undefined
}

function isTimely({ since }: StoredLogin): boolean {
  const age = seconds() - since
  return age >= 0 && age < pendingAge
}

function seconds(): number {
  return Math.floor(Temporal.Now.instant().epochMilliseconds / 1000)
}
