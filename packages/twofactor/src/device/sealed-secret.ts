import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { type Settings, settings } from '@nuages/core'
import { UnreadableSecret } from '../errors.ts'

const algorithm = 'aes-256-gcm'
const nonceLength = 12
const tagLength = 16
const prefix = 'v1.'

/** A secret that was opened, and whether it is to be sealed anew, with the present key. */
export interface OpenedSecret {
  readonly secret: Buffer
  readonly isOutdated: boolean
}

/**
 * A secret as the database keeps it: encrypted with a key that is derived from the project's `secretKey` (HKDF, AES-256-GCM),
 * for one owner. Who reads the database alone has nothing of it, and who writes to it cannot give it to another.
 */
export function sealSecret(
  secret: Uint8Array,
  owner: string,
  secretKey: string = (settings as Settings).secretKey,
): string {
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv(algorithm, keyOf(secretKey), nonce)
  cipher.setAAD(Buffer.from(owner))
  const sealed = Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()])
  return prefix + sealed.toString('base64url')
}

/**
 * The other way, also for what a former key of `secretKeyFallbacks` sealed. Throws `UnreadableSecret` where none did, or it
 * is another owner's.
 */
export function openSecret(sealed: string, owner: string): OpenedSecret {
  const { secretKey, secretKeyFallbacks } = settings as Settings
  const bytes = sealed.startsWith(prefix) ? Buffer.from(sealed.slice(prefix.length), 'base64url') : Buffer.alloc(0)
  if (bytes.length > nonceLength + tagLength) {
    for (const key of [secretKey, ...secretKeyFallbacks]) {
      const secret = opened(bytes, keyOf(key), owner)
      if (secret !== undefined) return { secret, isOutdated: key !== secretKey }
    }
  }
  throw new UnreadableSecret('The secret of a second factor was sealed with a key that this project does not have.', {
    hint: 'Name the former secretKey in secretKeyFallbacks; or let the user begin anew: manage disabletwofactor.',
  })
}

function opened(bytes: Buffer, key: Buffer, owner: string): Buffer | undefined {
  const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceLength))
  decipher.setAAD(Buffer.from(owner))
  decipher.setAuthTag(bytes.subarray(-tagLength))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(nonceLength, -tagLength)), decipher.final()])
  } catch {
    return undefined
  }
}

const keys = new Map<string, Buffer>()

function keyOf(secretKey: string): Buffer {
  let key = keys.get(secretKey)
  if (key === undefined) {
    key = Buffer.from(hkdfSync('sha256', secretKey, '', 'nuages.twofactor.secret', 32))
    keys.set(secretKey, key)
  }
  return key
}
