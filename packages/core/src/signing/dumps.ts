import type { SignerOptions, SignObjectOptions } from './signer.ts'
import { TimestampSigner, type UnsignOptions } from './timestamp-signer.ts'

const defaultSalt = 'django.core.signing'

/**
 * A signed text that holds `value`, anything that JSON can hold, and when it was made; safe in URLs and cookies. It can be
 * read by anybody and changed by nobody. Django's `signing.dumps`.
 */
export function dumps(value: unknown, options: SignerOptions & SignObjectOptions = {}): string {
  return new TimestampSigner({ salt: defaultSalt, ...options }).signObject(value, options)
}

/**
 * The value in a text that `dumps` made, or Django's. Throws `BadSignature` where it was changed, and `SignatureExpired` where
 * it is older than `maxAge`. Django's `signing.loads`.
 */
export function loads(text: string, options: SignerOptions & UnsignOptions = {}): unknown {
  return new TimestampSigner({ salt: defaultSalt, ...options }).unsignObject(text, options)
}
