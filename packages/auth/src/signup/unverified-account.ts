import { checkPassword, makePassword } from '../hashing/passwords.ts'
import type { CurrentUser } from '../users/get-user-model.ts'
import type { UserStatics } from '../users/user-methods.ts'

/**
 * What stands before the password's hash of an account whose address nobody has confirmed: `!signup$<hours>$<hash>`. To
 * Django, to the backends and to every form such a password is none at all, whatever fields the users of a project have.
 */
const pattern = /^!signup\$([0-9a-z]{1,5})\$(.+)$/s

const secondsOfHour = 3600

/** What the password of such an account begins with. */
export const unverifiedMark = '!signup$'

/** Whether the account waits for its address to be confirmed. */
export function isUnverified(user: Pick<CurrentUser, 'password'>): boolean {
  return pattern.test(user.password)
}

/** When the account was made, in seconds since 1970 and to the hour; `undefined` where it is an account as any. */
export function unverifiedSince(user: Pick<CurrentUser, 'password'>): number | undefined {
  const [, hours] = pattern.exec(user.password) ?? []
  return hours === undefined ? undefined : Number.parseInt(hours, 36) * secondsOfHour
}

/** The hash that becomes the password's once the address is confirmed. */
export function withheldHash(user: Pick<CurrentUser, 'password'>): string | undefined {
  return pattern.exec(user.password)?.[2]
}

/** Gives an account the password that it has from when its address is confirmed. The caller saves it. */
export async function withholdPassword(user: CurrentUser, password: string): Promise<void> {
  // Hours, since a column of 128 letters is nearly full.
  const hours = Math.floor(Date.now() / 1000 / secondsOfHour)
  const mark = `${unverifiedMark}${hours.toString(36)}$`
  const { meta } = user.constructor as unknown as UserStatics & { readonly meta: { field(name: string): unknown } }
  const { maxLength = Number.POSITIVE_INFINITY } = meta.field('password') as { readonly maxLength?: number }
  const whole = mark + user.password
  if (whole.length <= maxLength) {
    user.password = whole
    return
  }
  // Hashes of scrypt fill the column. One with less salt is made anew at the first log-in, as any that is weaker.
  const [, , salt = ''] = user.password.split('$')
  const shorter = salt.slice(0, salt.length - (whole.length - maxLength))
  user.password = mark + (await makePassword(password, { salt: shorter }))
}

/** Whether it is the password that was chosen when the account was made. */
export async function checkWithheldPassword(user: CurrentUser, password: string): Promise<boolean> {
  return checkPassword(password, withheldHash(user) ?? null)
}
