import { atomic, IntegrityError } from '@nuages/orm'
import { Session } from '../models.ts'
import type { SessionRecords } from './keyed-engine.ts'

/** What a row holds; `undefined` where there is none, or it has expired. */
export async function readSessionRow(key: string): Promise<{ data: string; expires: Temporal.Instant } | undefined> {
  const row = await liveRows(key).first()
  return row === null ? undefined : { data: row.sessionData, expires: row.expireDate }
}

/** Whether there is such a session, and it has not expired. */
export function hasSessionRow(key: string): Promise<boolean> {
  return liveRows(key).exists()
}

function liveRows(key: string) {
  return Session.objects.filter({ sessionKey: key, expireDate__gt: Temporal.Now.instant() })
}

/** Sessions as rows of Django's table, in the database that routers give for `Session`. */
export const databaseRecords: SessionRecords = {
  async read(key) {
    return (await readSessionRow(key))?.data
  },

  async insert(key, data, expires) {
    try {
      // In a block of its own: a transaction around it outlives a key that is taken.
      await atomic(async () => Session.objects.create({ sessionKey: key, sessionData: data, expireDate: expires }))
      return true
    } catch (error) {
      if (error instanceof IntegrityError) return false
      throw error
    }
  },

  async update(key, data, expires) {
    const changed = await Session.objects.filter({ sessionKey: key }).update({ sessionData: data, expireDate: expires })
    return changed > 0
  },

  async remove(key) {
    await Session.objects.filter({ sessionKey: key }).delete()
  },

  async removeExpired() {
    const [deleted] = await Session.objects.filter({ expireDate__lt: Temporal.Now.instant() }).delete()
    return deleted
  },
}
