import { Signal } from '@nuages/foundation'
import { sessionEngine } from './engines/active-engine.ts'

/** Sent when expired sessions were deleted: what else was kept for a session's time may go as well. */
export const expiredSessionsDeleted: Signal<void> = new Signal('expiredSessionsDeleted')

/**
 * Deletes the sessions that have expired; returns how many, `undefined` where the engine lets them go by themselves. Django's
 * `SessionStore.clear_expired`.
 */
export async function deleteExpiredSessions(): Promise<number | undefined> {
  const deleted = await sessionEngine().deleteExpired()
  await expiredSessionsDeleted.send()
  return deleted
}
