import { createHash, createHmac } from 'node:crypto'
import { activeSettings } from '../settings/active-settings.ts'

/** Digests that keys and signatures may be made with. */
export type HmacAlgorithm = 'sha1' | 'sha256' | 'sha384' | 'sha512'

export interface SaltedHmacOptions {
  /** `secretKey` of the settings if left out. */
  readonly secret?: string
  /** `sha256` if left out (Django's default is `sha1`). */
  readonly algorithm?: HmacAlgorithm
}

/**
 * The HMAC of `value`, with a key made of `keySalt` and the project's secret: a signature for one purpose is none for
 * another. Django's `salted_hmac`.
 */
export function saltedHmac(keySalt: string, value: string | Uint8Array, options: SaltedHmacOptions = {}): Buffer {
  const { secret = activeSettings().secretKey, algorithm = 'sha256' } = options
  return createHmac(algorithm, saltedKey(keySalt, secret, algorithm))
    .update(value)
    .digest()
}

/** The key of such an HMAC, for who makes several. */
export function saltedKey(keySalt: string, secret: string, algorithm: HmacAlgorithm): Buffer {
  return createHash(algorithm)
    .update(keySalt + secret)
    .digest()
}
