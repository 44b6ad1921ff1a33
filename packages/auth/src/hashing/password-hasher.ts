/** Turns passwords into what may be stored, in Django's form: `<algorithm>$…`. */
export interface PasswordHasher {
  /** What its hashes begin with: `'argon2'`. */
  readonly algorithm: string
  /** The hash of a password with a salt, made up when left out. */
  encode(password: string, salt?: string): Promise<string>
  /** Whether a hash of this algorithm was made of this password. Never throws: a broken hash is nobody's. */
  verify(password: string, encoded: string): Promise<boolean>
  /** Whether a hash is weaker than this hasher would make it, so that it is made anew at the next log-in. */
  mustUpdate(encoded: string): boolean
  /**
   * Does the work by which checking this hash was cheaper than checking one that this hasher makes: after a wrong password,
   * so that the time does not tell of an old hash. Of a broken one, that is all the work. Django's `harden_runtime`.
   */
  hardenRuntime?(password: string, encoded: string): Promise<void>
  /** What may be shown of a hash, with most of it masked. */
  safeSummary(encoded: string): Readonly<Record<string, string>>
}

/** The first letters of a secret, and a mark for each of the rest. */
export function maskHash(text: string, shown = 6): string {
  return text.slice(0, shown) + '*'.repeat(Math.max(0, text.length - shown))
}

/** The length of salts, as Django's: 131 bits. */
export const saltLength = 22

/** Whether a salt has fewer letters than new ones: its hash is made anew. Django's `must_update_salt`. */
export function isShortSalt(salt: string): boolean {
  return salt.length < saltLength
}
