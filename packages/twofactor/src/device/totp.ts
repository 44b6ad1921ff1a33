import { randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'

/** What every authenticator app can do: six digits, anew every thirty seconds, SHA-1. */
const terms = { algorithm: 'SHA1', digits: 6, period: 30 } as const

/** Steps before and after the present one whose codes are taken: clocks differ. RFC 6238, section 5.2. */
const window = 1

/** As many bits as RFC 4226 recommends. */
const secretLength = 20

/** A secret for a new device: 160 random bits. What `turnOn` takes, and the app is told by a QR code. */
export function newSecret(): Buffer {
  return randomBytes(secretLength)
}

/**
 * The step of thirty seconds whose code this is (RFC 6238), of the present one and its neighbours; `undefined` where it is
 * none of them. `now` is milliseconds since 1970. Compared in constant time.
 */
export function stepOfCode(secret: Uint8Array, code: string, now: number): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined
  const delta = TOTP.validate({ ...terms, token: code, secret: secretOf(secret), timestamp: now, window })
  return delta === null ? undefined : TOTP.counter({ period: terms.period, timestamp: now }) + delta
}

/** The code of a moment, in milliseconds since 1970: what an app would show. For tests. */
export function codeAt(secret: Uint8Array, now: number): string {
  return TOTP.generate({ ...terms, secret: secretOf(secret), timestamp: now })
}

/** A secret as people type it into their app, in groups of four. */
export function readableSecret(secret: Uint8Array): string {
  return secretOf(secret).base32.replace(/(.{4})(?=.)/g, '$1 ')
}

/** What the QR code says: `otpauth://totp/…`, which apps read. */
export function otpauthUri(secret: Uint8Array, issuer: string, label: string): string {
  return new TOTP({ ...terms, secret: secretOf(secret), issuer, label }).toString()
}

function secretOf(bytes: Uint8Array): Secret {
  return new Secret({ buffer: Uint8Array.from(bytes).buffer })
}
