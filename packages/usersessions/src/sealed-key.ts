import { createDecipheriv } from 'node:crypto'
import { BadSeal, Sealer, type Settings, saltedHmac, settings } from '@nuages/core'
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
  if (!sealedKey.startsWith('v1.')) return openFormerKey(Buffer.from(sealedKey, 'base64url'))
  try {
    return sealer.open(sealedKey, sessionHash).bytes.toString()
  } catch (error) {
    if (error instanceof BadSeal) return undefined
    throw error
  }
}

const [ivLength, tagLength] = [12, 16]

/** What rows of before had, which no row bound to itself. They are sealed anew when their session is next seen. */
function openFormerKey(bytes: Buffer): string | undefined {
  if (bytes.length < ivLength + tagLength) return undefined
  const { secretKey, secretKeyFallbacks } = settings as Settings
  for (const secret of [secretKey, ...secretKeyFallbacks]) {
    const key = saltedHmac('nuages.usersessions.sealedKey', 'session key', { secret })
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivLength))
    decipher.setAuthTag(bytes.subarray(ivLength, ivLength + tagLength))
    try {
      return Buffer.concat([decipher.update(bytes.subarray(ivLength + tagLength)), decipher.final()]).toString()
    } catch {
      // Perhaps the next key.
    }
  }
  return undefined
}
