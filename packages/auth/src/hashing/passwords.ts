import { randomString } from '@nuages/core'
import { UnhashablePassword, UnknownPasswordHash } from '../errors.ts'
import { passwordHashers } from './active-hashers.ts'
import type { PasswordHasher } from './password-hasher.ts'

/** What stands before a password that nothing is the password of. */
const unusablePrefix = '!'
const unusableLength = 40

/**
 * The longest password, in UTF-16 units: nobody types a longer one, and whoever sends megabytes makes the server hash them.
 */
export const longestPassword = 4096

/**
 * The hash of a password by the project's first hasher, to be stored; of `null` one that no password fits, a different one
 * each time, so that links signed with it die. Django's `make_password`.
 */
export async function makePassword(
  password: string | null,
  { salt, hasher = preferredHasher() }: { readonly salt?: string; readonly hasher?: PasswordHasher } = {},
): Promise<string> {
  if (password === null) return unusablePassword()
  if (password.length <= longestPassword) return hasher.encode(password, salt)
  throw new UnhashablePassword(`A password of ${password.length} letters is too long: it takes ${longestPassword}.`, {
    hint: 'Refuse it before, as the forms of nuages/auth do.',
  })
}

/** What is stored for a user without a password. */
export function unusablePassword(): string {
  return unusablePrefix + randomString(unusableLength)
}

/** Whether a password can fit: whether there is one, that is, and not the mark for none. Django's `is_password_usable`. */
export function isPasswordUsable(encoded: string | null): boolean {
  return encoded !== null && !encoded.startsWith(unusablePrefix)
}

export interface CheckPasswordOptions {
  /** Called with the password when it fits and its hash is of another algorithm, or weaker, than new ones: to store it anew. */
  readonly onUpgrade?: (password: string) => Promise<void>
  /** The hasher of new passwords; by default the project's first. */
  readonly preferred?: PasswordHasher
}

/**
 * Whether a password fits a stored hash. What cannot fit, an unusable password, a hash of an unknown algorithm or a password
 * that is too long, takes the time of one that could; and so does a wrong password for a hash that cost less than new ones,
 * so that the time does not tell that there is such a user. Django's `check_password`.
 */
export async function checkPassword(
  password: string | null,
  encoded: string | null,
  { onUpgrade, preferred = preferredHasher() }: CheckPasswordOptions = {},
): Promise<boolean> {
  const hasher = encoded !== null && isPasswordUsable(encoded) ? hasherOf(encoded) : undefined
  if (password === null || password.length > longestPassword || encoded === null || hasher === undefined) {
    await spendHashingTime(preferred)
    return false
  }
  const isOther = hasher.algorithm !== preferred.algorithm
  const mustUpdate = isOther || preferred.mustUpdate(encoded)
  if (await hasher.verify(password, encoded)) {
    if (mustUpdate) await onUpgrade?.(password)
    return true
  }
  // Django leaves out the first: with it no hash of another kind is checked sooner than there being none.
  if (isOther) await spendHashingTime(preferred)
  else if (mustUpdate) await preferred.hardenRuntime?.(password, encoded)
  return false
}

/** Does the work of checking a password, for nothing: so that an answer does not tell whether there was one to check. */
export async function spendHashingTime(hasher: PasswordHasher = preferredHasher()): Promise<void> {
  await hasher.encode(randomString(unusableLength))
}

/** The hasher that a hash is of. Throws `UnknownPasswordHash`. Django's `identify_hasher`. */
export function identifyHasher(encoded: string): PasswordHasher {
  const hasher = hasherOf(encoded)
  if (hasher) return hasher
  const known = passwordHashers().map(({ algorithm }) => algorithm)
  throw new UnknownPasswordHash(
    `No hasher knows a password hash that begins with '${encoded.slice(0, encoded.indexOf('$') + 1).slice(0, 30)}'. Known: ${known.join(', ')}.`,
    { hint: 'Add the hasher to auth.passwordHashers in the settings.' },
  )
}

function hasherOf(encoded: string): PasswordHasher | undefined {
  const algorithm = encoded.split('$', 1)[0]
  return passwordHashers().find((hasher) => hasher.algorithm === algorithm)
}

function preferredHasher(): PasswordHasher {
  return passwordHashers()[0]!
}
