import { type CurrentUser, userOf } from '@nuages/auth'
import { logger } from '@nuages/core'
import type { HttpRequest } from '@nuages/http'
import { sessionEngine, sessionOf } from '@nuages/sessions'
import { openKey } from './sealed-key.ts'
import { markKey, sha256 } from './session-mark.ts'
import { sessionsOf, UserSession } from './user-session.ts'

/** Ends a session at once: whoever has it is logged out with their next request. */
export async function endSession(session: UserSession): Promise<void> {
  await UserSession.objects.filter({ id: session.id }).delete()
  const key = openKey(session)
  if (key === undefined) return
  try {
    await sessionEngine().delete(key)
  } catch (error) {
    // It logs nobody in without its row. What else it holds stays until it expires.
    logger.error({ err: error }, 'A session was ended, and what it holds could not be deleted.')
  }
}

/**
 * Logs whoever sent the request out everywhere else; returns how many sessions ended. Nothing where nobody is logged in. To be
 * called when an account may be in other hands.
 *
 * ```ts
 * await endOtherSessions(request)
 * ```
 */
export async function endOtherSessions(request: HttpRequest): Promise<number> {
  const user = await userOf(request)
  if (!user.isAuthenticated) return 0
  const own = await currentSessionHash(request)
  return endAll((await sessionsOf(user)).filter(({ sessionHash }) => sessionHash !== own))
}

/** Logs a user out everywhere; returns how many sessions ended. */
export async function endAllSessions(user: CurrentUser): Promise<number> {
  return endAll(await sessionsOf(user))
}

/** By which the table knows the session of a request. */
export async function currentSessionHash(request: HttpRequest): Promise<string | undefined> {
  const mark: unknown = await sessionOf(request).get(markKey)
  return typeof mark === 'string' ? sha256(mark) : undefined
}

async function endAll(sessions: readonly UserSession[]): Promise<number> {
  for (const session of sessions) await endSession(session)
  return sessions.length
}
