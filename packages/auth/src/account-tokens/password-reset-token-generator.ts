import { constantTimeCompare, type Settings, saltedHmac, settings } from '@nuages/core'
import { authSettings } from '../auth-settings.ts'
import type { CurrentUser } from '../users/get-user-model.ts'
import type { UserStatics } from '../users/user-methods.ts'

/** Django counts from here. */
const epoch = Temporal.PlainDateTime.from('2001-01-01')

/** Seconds in base 36: what nobody's clock shows before the year 3500 fits. */
const tokenPattern = /^([0-9a-z]{1,13})-([0-9a-f]{32})$/

/**
 * Makes tokens for links that are mailed to users, and says whether one is still good. Nothing is stored: a token is a mark of
 * what the user is now, so that it dies as soon as that changes. Django's `PasswordResetTokenGenerator`, whose tokens of the same
 * secret key and time zone are accepted, and the other way round.
 *
 * A subclass for another purpose has a `keySalt` of its own, and says in `hashValue` what its tokens die of.
 */
export class PasswordResetTokenGenerator {
  /** Names the purpose: a token for one is worth nothing for another. Django's `key_salt`. */
  readonly keySalt: string = 'django.contrib.auth.tokens.PasswordResetTokenGenerator'

  /** A token for the user as they are now. */
  makeToken(user: CurrentUser): string {
    return this.#tokenOf(user, this.#seconds(), (settings as Settings).secretKey)
  }

  /** Whether the token was made for the user, who has not changed since, and is not too old. */
  checkToken(user: CurrentUser | null, token: string | null): boolean {
    const [, stamp] = tokenPattern.exec(token ?? '') ?? []
    if (user === null || token === null || stamp === undefined) return false
    const seconds = Number.parseInt(stamp, 36)
    const { secretKey, secretKeyFallbacks } = settings as Settings
    const isOurs = [secretKey, ...secretKeyFallbacks].some((secret) =>
      constantTimeCompare(this.#tokenOf(user, seconds, secret), token),
    )
    return isOurs && this.#seconds() - seconds <= this.timeout
  }

  /** The seconds that a token is good for: `auth.passwordResetTimeout`. */
  get timeout(): number {
    return authSettings().passwordResetTimeout
  }

  /**
   * What a token is a mark of: the key, the password's hash (a new one kills the token), the last log-in (so does that), the time
   * and the address. Django's `_make_hash_value`.
   */
  protected hashValue(user: CurrentUser, seconds: number): string {
    return `${String(user.pk)}${user.password}${lastLoginOf(user)}${seconds}${addressOf(user)}`
  }

  /** The wall clock of the project's time zone, as Django's process shows it. An override tests with another time. */
  protected now(): Temporal.PlainDateTime {
    return Temporal.Now.plainDateTimeISO((settings as Settings).timeZone)
  }

  #seconds(): number {
    return Math.floor(this.now().since(epoch, { largestUnit: 'seconds' }).total('seconds'))
  }

  #tokenOf(user: CurrentUser, seconds: number, secret: string): string {
    const mark = saltedHmac(this.keySalt, this.hashValue(user, seconds), { secret, algorithm: 'sha256' }).toString(
      'hex',
    )
    // Every other digit, to keep links short.
    return `${seconds.toString(36)}-${mark.replaceAll(/(.)./g, '$1')}`
  }
}

/** The tokens of the pages of `authUrls`. Django's `default_token_generator`. */
export const defaultTokenGenerator = new PasswordResetTokenGenerator()

/** As Python writes a datetime of UTC without its microseconds. */
function lastLoginOf({ lastLogin }: CurrentUser): string {
  if (lastLogin === null || lastLogin === undefined) return ''
  return lastLogin.toZonedDateTimeISO('UTC').toPlainDateTime().toString({ smallestUnit: 'second' }).replace('T', ' ')
}

/** The address of a user, by whichever field their class names; `''` where there is none. */
export function addressOf(user: CurrentUser): string {
  const { emailField } = user.constructor as unknown as UserStatics
  const address = (user as unknown as Readonly<Record<string, unknown>>)[emailField]
  return typeof address === 'string' ? address : ''
}
