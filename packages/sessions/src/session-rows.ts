import { atomic, IntegrityError } from '@nuages/orm'
import { Session } from './models.ts'

/** The data of the session with that key; `undefined` where there is none, or it has expired. */
export async function readSession(key: string): Promise<string | undefined> {
  const row = await Session.objects.filter({ sessionKey: key, expireDate__gt: Temporal.Now.instant() }).first()
  return row?.sessionData
}

/** Makes a session; `false` where the key is taken. */
export async function insertSession(key: string, data: string, expires: Temporal.Instant): Promise<boolean> {
  try {
    // In a block of its own: a transaction around it outlives a key that is taken.
    await atomic(async () => Session.objects.create({ sessionKey: key, sessionData: data, expireDate: expires }))
    return true
  } catch (error) {
    if (error instanceof IntegrityError) return false
    throw error
  }
}

/** Changes a session; `false` where there is none any more. */
export async function updateSession(key: string, data: string, expires: Temporal.Instant): Promise<boolean> {
  const changed = await Session.objects.filter({ sessionKey: key }).update({ sessionData: data, expireDate: expires })
  return changed > 0
}

export async function deleteSession(key: string): Promise<void> {
  await Session.objects.filter({ sessionKey: key }).delete()
}

/** Deletes the sessions that have expired; returns how many. */
export async function deleteExpiredSessions(): Promise<number> {
  const [deleted] = await Session.objects.filter({ expireDate__lt: Temporal.Now.instant() }).delete()
  return deleted
}
