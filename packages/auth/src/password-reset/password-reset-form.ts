import type { HttpRequest } from '@nuages/http'
import type { EmailTemplates } from '@nuages/mail'
import { mailTemplates, sendAccountMail } from '../account-mail/account-mail.ts'
import { usersOfAddress } from '../account-mail/users-of-address.ts'
import {
  addressOf,
  defaultTokenGenerator,
  type PasswordResetTokenGenerator,
} from '../account-tokens/password-reset-token-generator.ts'
import { uidOf } from '../account-tokens/user-of-link.ts'
import { AddressForm } from '../forms/address-form.ts'
import type { CurrentUser } from '../users/get-user-model.ts'

export interface SendResetOptions {
  readonly request: HttpRequest
  /** The URL of the page that the link leads to, on whichever host the site has. */
  readonly linkFor: (user: CurrentUser, link: { readonly uid: string; readonly token: string }) => string
  readonly tokenGenerator?: PasswordResetTokenGenerator
  readonly templates?: EmailTemplates
  readonly from?: string | undefined
  readonly extraContext?: Readonly<Record<string, unknown>>
}

/** Asks for an address, and mails whose it is a link. Django's `PasswordResetForm`. */
export class PasswordResetForm extends AddressForm {
  /**
   * Who gets a link: those with this address who may log in and have a password. An override may let others have one, such as
   * users that had none of this site's until now.
   */
  async getUsers(address: string): Promise<readonly CurrentUser[]> {
    const users = await usersOfAddress(address)
    return users.filter((user) => user.isActive && user.hasUsablePassword())
  }

  /**
   * Mails each of them a link, to the address as it is stored. One whose mail cannot be sent keeps none of the others from theirs;
   * the first error is thrown in the end.
   */
  async save(options: SendResetOptions): Promise<void> {
    const users = await this.getUsers(this.cleanedData.email)
    const sent = await Promise.allSettled(users.map((user) => this.sendMail(user, options)))
    const failed = sent.find((result) => result.status === 'rejected')
    if (failed !== undefined) throw failed.reason
  }

  /** Mails one user their link. */
  async sendMail(user: CurrentUser, options: SendResetOptions): Promise<void> {
    const { request, linkFor, tokenGenerator = defaultTokenGenerator, from, extraContext } = options
    const link = { uid: uidOf(user), token: tokenGenerator.makeToken(user) }
    await sendAccountMail({
      request,
      to: addressOf(user),
      user,
      templates: options.templates ?? mailTemplates('password_reset'),
      from,
      context: { ...link, url: linkFor(user, link), ...extraContext },
    })
  }
}
