import type { HttpRequest } from '@nuages/http'
import type { EmailTemplates } from '@nuages/mail'
import { resolveUrl } from '../access/resolve-url.ts'
import { mailTemplates, sendAccountMail } from '../account-mail/account-mail.ts'
import { usersOfAddress } from '../account-mail/users-of-address.ts'
import { emailVerificationTokens } from '../account-tokens/email-tokens.ts'
import { addressOf, type PasswordResetTokenGenerator } from '../account-tokens/password-reset-token-generator.ts'
import { uidOf } from '../account-tokens/user-of-link.ts'
import { authSettings } from '../auth-settings.ts'
import type { CurrentUser } from '../users/get-user-model.ts'
import { besideThisPage } from '../views/beside-this-page.ts'
import { isUnverified } from './unverified-account.ts'

/** How the mails of a sign-up are made. */
export interface SignUpMailOptions {
  readonly request: HttpRequest
  /** Of the links. */
  readonly origin: string
  readonly tokenGenerator?: PasswordResetTokenGenerator
  /** Of the mail with the link. */
  readonly templates?: EmailTemplates
  /** Of the mail to an address that has an account. */
  readonly existsTemplates?: EmailTemplates
  readonly from?: string | undefined
  readonly extraContext?: Readonly<Record<string, unknown>>
}

/** Mails a link that confirms the address of a new account. */
export async function sendSignUpMail(user: CurrentUser, options: SignUpMailOptions): Promise<void> {
  const { request, origin, tokenGenerator = emailVerificationTokens, from, extraContext } = options
  const [uid, token] = [uidOf(user), tokenGenerator.makeToken(user)]
  const url = origin + besideThisPage(request, 'signup_verify', { uidb64: uid, token })
  const templates = options.templates ?? mailTemplates('signup')
  await sendAccountMail({
    request,
    to: addressOf(user),
    user,
    templates,
    from,
    context: { uid, token, url, ...extraContext },
  })
}

/** Tells somebody who signs up, or another who does so with their address, that they have an account. */
export async function sendAccountExistsMail(user: CurrentUser, options: SignUpMailOptions): Promise<void> {
  const { request, origin, from, extraContext } = options
  const loginUrl = new URL(resolveUrl(authSettings().loginUrl), origin).href
  const resetUrl = origin + besideThisPage(request, 'password_reset')
  const templates = options.existsTemplates ?? mailTemplates('signup_exists')
  const context = { loginUrl, resetUrl, url: loginUrl, ...extraContext }
  await sendAccountMail({ request, to: addressOf(user), user, templates, from, context })
}

/** Mails an address with which somebody signs up: the link, or a note where it has an account. */
export async function mailWhoSignsUp(address: string, options: SignUpMailOptions): Promise<void> {
  const users = await usersOfAddress(address)
  const owner = users.find((user) => !isUnverified(user))
  if (owner !== undefined) return owner.isActive ? sendAccountExistsMail(owner, options) : undefined
  for (const user of users) await sendSignUpMail(user, options)
}
