import { BadSeal, Sealer } from '@nuages/core'
import type { UserSession } from './user-session.ts'

const sealer = new Sealer({ salt: 'nuages.usersessions.sessionKey' })

/** The key of a session as its row keeps it: nothing to who reads the table, and worth nothing in another row. */
export function sealKey(sessionKey: string, sessionHash: string): string {
  return sealer.seal(sessionKey, sessionHash)
}

/** The key again; `undefined` where the row has none, or it was sealed with a secret key that is no longer known. */
export function openKey({
  sealedKey,
  sessionHash,
}: Pick<UserSession, 'sealedKey' | 'sessionHash'>): string | undefined {
  if (sealedKey === '') return undefined
  try {
    return sealer.open(sealedKey, sessionHash).bytes.toString()
  } catch (error) {
    if (error instanceof BadSeal) return undefined
    throw error
  }
}
