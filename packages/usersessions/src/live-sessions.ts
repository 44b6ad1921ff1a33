import type { CurrentUser } from '@nuages/auth'
import { type Settings, settings } from '@nuages/core'
import { sessionEngine } from '@nuages/sessions'
import { openKey } from './sealed-key.ts'
import { sha256 } from './session-mark.ts'
import { sessionsOf, UserSession } from './user-session.ts'

/** The sessions in which a user is logged in, the one that was seen last first. Rows of others go. */
export async function liveSessions(user: CurrentUser): Promise<readonly UserSession[]> {
  const hashes = new Set([user.getSessionAuthHash(), ...user.getSessionAuthFallbackHashes()].map(sha256))
  const rows = await sessionsOf(user)
  const states = await Promise.all(rows.map(async (row) => ({ row, isLive: await isLive(row, hashes) })))
  const over = states.filter(({ isLive }) => !isLive).map(({ row }) => row.id)
  if (over.length > 0) await UserSession.objects.filter({ id__in: over }).delete()
  return states.filter(({ isLive }) => isLive).map(({ row }) => row)
}

/** The password is still the one of the log-in, and the session has not expired, or gone with a log-in as somebody else. */
async function isLive(row: UserSession, hashes: ReadonlySet<string>): Promise<boolean> {
  if (!hashes.has(row.authHash)) return false
  const key = openKey(row)
  if (key !== undefined) return (await sessionEngine().load(key)) !== undefined
  return Temporal.Instant.compare(row.expires, Temporal.Now.instant()) > 0
}

/**
 * Deletes the rows of sessions that have expired: a receiver of `expiredSessionsDeleted`. A session lasts anew when it is saved,
 * which a request may do that asks for no user, so they stay for the time of another.
 */
export async function deleteExpiredUserSessions(): Promise<void> {
  const { sessions } = settings as Settings & { readonly sessions: { readonly cookieAge: number } }
  const before = Temporal.Now.instant().subtract({ seconds: sessions.cookieAge })
  await UserSession.objects.filter({ expires__lt: before }).delete()
}
