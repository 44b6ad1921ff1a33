import { type HttpResponse, HttpResponseRedirect } from '@nuages/http'
import { sessionOf } from '@nuages/sessions'
import { FormView } from '@nuages/views'
import { resolveUrl } from '../access/resolve-url.ts'
import { limitAccount } from '../account-mail/mail-limits.ts'
import { usersOfAddress } from '../account-mail/users-of-address.ts'
import { emailVerificationTokens } from '../account-tokens/email-tokens.ts'
import { addressOf, type PasswordResetTokenGenerator } from '../account-tokens/password-reset-token-generator.ts'
import { userOfUid } from '../account-tokens/user-of-link.ts'
import { authSettings } from '../auth-settings.ts'
import { startLogin } from '../login/start-login.ts'
import type { ResetLink } from '../password-reset/password-reset-confirm-view.ts'
import { type CurrentUser, getUserModel } from '../users/get-user-model.ts'
import { besideThisPage } from '../views/beside-this-page.ts'
import { ofSecretLink } from '../views/own-page.ts'
import { pathWithoutToken } from '../views/secret-path.ts'
import { forgetSignUp, type RememberedSignUp, rememberedSignUp } from './sign-up-memory.ts'
import { userSignedUp } from './sign-up-signal.ts'
import { SignUpVerifyForm } from './sign-up-verify-form.ts'
import { firstBackend, requireOpenSignUp } from './sign-up-view.ts'
import { isUnverified, withheldHash } from './unverified-account.ts'

declare module '@nuages/sessions' {
  interface SessionData {
    _auth_signup_token: string
  }
}

const sessionKey = '_auth_signup_token'

/**
 * The page that the link of a sign-up leads to. It shows a button, since programs that look through mail follow links; the button
 * confirms the address and logs in. Another browser than the one that signed up is asked for the password: who gets the link of
 * an account that a stranger made with their address cannot be talked into keeping it.
 */
export class SignUpVerifyView extends FormView(SignUpVerifyForm)<ResetLink> {
  override templateName: string | undefined = 'registration/signup_verify.html'
  tokenGenerator: PasswordResetTokenGenerator = emailVerificationTokens
  /** What stands in the address in place of the token. */
  verifyUrlToken = 'confirm'
  /** Where to once they are in: a URL or the name of one; `auth.loginRedirectUrl` of the settings when left out. */
  nextPage: string | undefined = undefined
  /** The backend that they are logged in by; the first of the project when left out. */
  backend: string | undefined = undefined
  /** How many passwords may be tried for an account. */
  guessRate: string | false = '10/h'
  /** Whose account it is; `null` where the link is no good. */
  user: CurrentUser | null = null
  /** What the session knows of the sign-up. */
  remembered: RememberedSignUp | undefined

  override async dispatch(): Promise<HttpResponse> {
    requireOpenSignUp()
    const { uidb64, token } = this.params
    const user = await userOfUid(uidb64)
    const session = sessionOf(this.request)
    const isMoved = token === this.verifyUrlToken
    const given: unknown = isMoved ? await session.get(sessionKey) : token
    if (!(await this.#isGood(user, given))) return this.#linkIsNoGood()
    if (isMoved) {
      this.user = user
      this.remembered = await rememberedSignUp(this.request)
      return ofSecretLink(await super.dispatch())
    }
    await session.set(sessionKey, token)
    const path = pathWithoutToken(this.request, token, this.verifyUrlToken)
    return ofSecretLink(new HttpResponseRedirect(path))
  }

  /** Where two accounts wait for the same address, it is theirs who confirms it first. */
  async #isGood(user: CurrentUser | null, token: unknown): Promise<boolean> {
    if (user === null || !isUnverified(user) || !user.isActive) return false
    if (!this.tokenGenerator.checkToken(user, typeof token === 'string' ? token : null)) return false
    return (await usersOfAddress(addressOf(user))).every(isUnverified)
  }

  async #linkIsNoGood(): Promise<HttpResponse> {
    const resendUrl = besideThisPage(this.request, 'signup_resend')
    const loginUrl = resolveUrl(authSettings().loginUrl)
    const context = { view: this, form: null, validlink: false, resendUrl, loginUrl, ...this.extraContext }
    return ofSecretLink(await this.renderToResponse(context))
  }

  get #asksPassword(): boolean {
    return this.remembered?.made(this.user!) !== true
  }

  override async getFormKwargs() {
    return { ...(await super.getFormKwargs()), user: this.user, asksPassword: this.#asksPassword }
  }

  override async getContextData() {
    const account = this.user!
    const known = { validlink: true, account, address: addressOf(account), asksPassword: this.#asksPassword }
    return { ...(await super.getContextData()), ...known }
  }

  override async post(): Promise<HttpResponse> {
    if (this.#asksPassword) await limitAccount(this.user!, 'signup-guess', this.guessRate)
    return super.post()
  }

  override getSuccessUrl(): string {
    return this.remembered?.next ?? resolveUrl(this.nextPage ?? authSettings().loginRedirectUrl)
  }

  override async formValid(): Promise<HttpResponse> {
    const { request } = this
    const user = await confirmed(this.user!)
    // Two clicks at once: one of them has confirmed it.
    if (user === null) return this.#linkIsNoGood()
    const next = this.getSuccessUrl()
    await sessionOf(request).delete(sessionKey)
    await forgetSignUp(request)
    await userSignedUp.send({ request, user })
    return startLogin(request, user, { next, backend: this.backend ?? firstBackend() })
  }
}

/** The user, whose password counts from now on; `null` where another was quicker. */
async function confirmed(user: CurrentUser): Promise<CurrentUser | null> {
  const { pk, password } = user
  const changed = await getUserModel()
    .objects.filter({ pk, password } as never)
    .update({ password: withheldHash(user) } as never)
  if (changed === 0) return null
  await user.refreshFromDb()
  return user
}
