import { BadSignature, TimestampSigner } from '@nuages/core'
import { SessionTooBig } from '../errors.ts'
import { expiryAge, expiryKey, momentOf } from '../session-expiry.ts'
import type { SessionEngine, SessionEntries } from './session-engine.ts'

/** Django's, for its sessions in cookies: each reads the other's. */
const salt = 'django.contrib.sessions.backends.signed_cookies'

/** What browsers keep of a cookie, name and value together (RFC 6265bis §5.7). */
const maxCookieSize = 4096

/**
 * Sessions in the cookie itself, signed with the secret key: nothing is kept on this side, the visitor can read what theirs
 * holds, and whoever copied a cookie can use it until it expires, whatever happens meanwhile. Django's `signed_cookies`.
 */
export class SignedCookieEngine implements SessionEngine {
  readonly name = 'signedCookies'
  readonly canDelete = false
  readonly #cookieName: string

  /** `cookieName` is the longest that the cookie may have. */
  constructor(cookieName: string) {
    this.#cookieName = cookieName
  }

  isKey(text: string): boolean {
    return text.length <= maxCookieSize && /^\.?[\w-]+:[\w-]+:[\w-]+$/.test(text)
  }

  newKey(): undefined {
    return undefined
  }

  async load(key: string): Promise<Map<string, unknown> | undefined> {
    if (!this.isKey(key)) return undefined
    try {
      const signer = new TimestampSigner({ salt })
      const value = signer.unsignObject(key)
      if (typeof value !== 'object' || value === null) return undefined
      const entries = new Map(Object.entries(value))
      // How long it lasts is part of what was signed, and counts from when it was: a cookie that was copied ends as well.
      const expiry = entries.get(expiryKey)
      if (momentOf(expiry) !== undefined) return expiryAge(expiry) < 0 ? undefined : entries
      signer.unsign(key, { maxAge: expiryAge(expiry) })
      return entries
    } catch (error) {
      if (error instanceof BadSignature) return undefined
      throw error
    }
  }

  async create(_key: string | undefined, entries: SessionEntries): Promise<string> {
    const text = new TimestampSigner({ salt }).signObject(Object.fromEntries(entries), { compress: true })
    const size = this.#cookieName.length + text.length
    if (size <= maxCookieSize) return text
    throw tooBig(size, entries)
  }

  update(key: string, entries: SessionEntries): Promise<string> {
    return this.create(key, entries)
  }

  async delete(): Promise<void> {}

  async deleteExpired(): Promise<undefined> {
    return undefined
  }
}

function tooBig(size: number, entries: SessionEntries): SessionTooBig {
  const sizes = [...entries].map(([key, value]) => [key, JSON.stringify(value).length] as const)
  const [key, length] = sizes.reduce((most, one) => (one[1] > most[1] ? one : most))
  return new SessionTooBig(
    `The session does not fit into its cookie: ${size} bytes with the name, and browsers keep ${maxCookieSize}. The most is under '${key}' (${length} characters of JSON).`,
    { hint: "Keep less in it, such as the keys of rows in place of rows, or let sessions.engine be 'database'." },
  )
}
