import type { CurrentUser } from '../users/get-user-model.ts'
import { addressOf, PasswordResetTokenGenerator } from './password-reset-token-generator.ts'

/** Tokens by which somebody who signed up shows that their address is theirs: dead once it is confirmed. */
export class EmailVerificationTokenGenerator extends PasswordResetTokenGenerator {
  override readonly keySalt = 'nuages.auth.EmailVerificationTokenGenerator'
}

/**
 * Tokens by which a user shows that an address that is to be theirs is: of that one address, and dead once it is theirs, or the
 * password is another. A log-in meanwhile does not matter: the link may be opened on a device that has to log in first.
 */
export class EmailChangeTokenGenerator extends PasswordResetTokenGenerator {
  override readonly keySalt = 'nuages.auth.EmailChangeTokenGenerator'
  readonly #newAddress: string

  constructor(newAddress: string) {
    super()
    this.#newAddress = newAddress
  }

  protected override hashValue(user: CurrentUser, seconds: number): string {
    return [String(user.pk), user.password, seconds, addressOf(user), this.#newAddress].join('\0')
  }
}

export const emailVerificationTokens = new EmailVerificationTokenGenerator()
