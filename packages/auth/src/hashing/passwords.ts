import { randomString } from '@nuages/core'
import { UnknownPasswordHash } from '../errors.ts'
import { passwordHashers } from './active-hashers.ts'
import type { PasswordHasher } from './password-hasher.ts'

/** What stands before a password that nothing is the password of. */
const unusablePrefix = '!'
const unusableLength = 40

/**
 * The hash of a password by the project's first hasher, to be stored; of `null` one that no password fits, a different one
 * each time, so that links signed with it die. Django's `make_password`.
 */
export async function makePassword(
  password: string | null,
  { salt, hasher = preferredHasher() }: { readonly salt?: string; readonly hasher?: PasswordHasher } = {},
): Promise<string> {
  return password === null ? unusablePassword() : hasher.encode(password, salt)
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
 * Whether a password fits a stored hash. What cannot fit, an unusable password or a hash of an unknown algorithm, takes the
 * time of one that could. Django's `check_password`.
 */
export async function checkPassword(
  password: string | null,
  encoded: string | null,
  { onUpgrade, preferred = preferredHasher() }: CheckPasswordOptions = {},
): Promise<boolean> {
  const hasher = encoded !== null && isPasswordUsable(encoded) ? hasherOf(encoded) : undefined
  if (password === null || encoded === null || hasher === undefined) {
    await spendHashingTime(preferred)
    return false
  }
  if (!(await hasher.verify(password, encoded))) return false
  if (hasher.algorithm !== preferred.algorithm || preferred.mustUpdate(encoded)) await onUpgrade?.(password)
  return true
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
