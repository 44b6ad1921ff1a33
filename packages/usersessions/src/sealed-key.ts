import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { type Settings, saltedHmac, settings } from '@nuages/core'

const cipher = 'aes-256-gcm'
const [ivLength, tagLength] = [12, 16]

/** The key of a session as the table keeps it: nothing to who reads the table and does not have the secret key. */
export function sealKey(sessionKey: string): string {
  const iv = randomBytes(ivLength)
  const encipher = createCipheriv(cipher, cipherKey((settings as Settings).secretKey), iv)
  const sealed = Buffer.concat([encipher.update(sessionKey, 'utf8'), encipher.final()])
  return Buffer.concat([iv, encipher.getAuthTag(), sealed]).toString('base64url')
}

/** The key again; `undefined` where there is none, or it was sealed with a secret key that is no longer known. */
export function openKey(text: string): string | undefined {
  if (text === '') return undefined
  const { secretKey, secretKeyFallbacks } = settings as Settings
  for (const secret of [secretKey, ...secretKeyFallbacks]) {
    const opened = openWith(secret, Buffer.from(text, 'base64url'))
    if (opened !== undefined) return opened
  }
  return undefined
}

function openWith(secret: string, bytes: Buffer): string | undefined {
  try {
    const decipher = createDecipheriv(cipher, cipherKey(secret), bytes.subarray(0, ivLength))
    decipher.setAuthTag(bytes.subarray(ivLength, ivLength + tagLength))
    return decipher.update(bytes.subarray(ivLength + tagLength), undefined, 'utf8') + decipher.final('utf8')
  } catch {
    return undefined
  }
}

function cipherKey(secret: string): Buffer {
  return saltedHmac('nuages.usersessions.sealedKey', 'session key', { secret, algorithm: 'sha256' })
}
