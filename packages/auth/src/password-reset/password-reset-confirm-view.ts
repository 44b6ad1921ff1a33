import { type HttpResponse, HttpResponseRedirect } from '@nuages/http'
import { sessionOf } from '@nuages/sessions'
import { FormView, TemplateView } from '@nuages/views'
import { resolveUrl } from '../access/resolve-url.ts'
import { addressOf, defaultTokenGenerator } from '../account-tokens/password-reset-token-generator.ts'
import { userOfUid } from '../account-tokens/user-of-link.ts'
import { authSettings } from '../auth-settings.ts'
import { SetPasswordForm } from '../forms/password-forms.ts'
import { forgiveGuesses } from '../login/guess-limits.ts'
import { startLogin } from '../login/start-login.ts'
import type { CurrentUser } from '../users/get-user-model.ts'
import { besideThisPage } from '../views/beside-this-page.ts'
import { ofSecretLink } from '../views/own-page.ts'
import { pathWithoutToken } from '../views/secret-path.ts'

declare module '@nuages/sessions' {
  interface SessionData {
    /** The token of a link that was followed. Django's key. */
    _password_reset_token: string
  }
}

const sessionKey = '_password_reset_token'

/** What a link from a mail says. */
export interface ResetLink {
  readonly uidb64: string
  readonly token: string
}

/**
 * The page that a link from a mail leads to. The token moves from the address to the session at once, so that neither the
 * history nor another site has it; then the page asks for a new password. Every session of the user ends. Django's
 * `PasswordResetConfirmView`.
 */
export class PasswordResetConfirmView extends FormView(SetPasswordForm)<ResetLink> {
  override templateName: string | undefined = 'registration/password_reset_confirm.html'
  tokenGenerator = defaultTokenGenerator
  /** What stands in the address in place of the token. */
  resetUrlToken = 'set-password'
  /** Logs in whoever has set a password, with every step that a log-in has. */
  postResetLogin = false
  /** The backend that they are logged in by, where the project has several. */
  postResetLoginBackend: string | undefined = undefined
  /** Whose password it is; `null` where the link is no good. */
  user: CurrentUser | null = null

  override async dispatch(): Promise<HttpResponse> {
    const { uidb64, token } = this.params
    // First of all, since it may take minutes to arrive: the link must not be used meanwhile by somebody else.
    if (this.request.method === 'POST') await this.request.form()
    const user = await userOfUid(uidb64)
    const session = sessionOf(this.request)
    const isMoved = token === this.resetUrlToken
    const given: unknown = isMoved ? await session.get(sessionKey) : token
    const isGood = user?.isActive && this.tokenGenerator.checkToken(user, typeof given === 'string' ? given : null)
    if (!isGood) return ofSecretLink(await this.renderToResponse(await this.#withoutForm()))
    if (isMoved) {
      this.user = user
      return ofSecretLink(await super.dispatch())
    }
    await session.set(sessionKey, token)
    return ofSecretLink(new HttpResponseRedirect(pathWithoutToken(this.request, token, this.resetUrlToken)))
  }

  /** The page of a link that is no good: it has no form. */
  async #withoutForm() {
    const resetUrl = besideThisPage(this.request, 'password_reset')
    return { view: this, form: null, validlink: false, resetUrl, ...this.extraContext }
  }

  override async getContextData() {
    return { ...(await super.getContextData()), validlink: true, account: this.user }
  }

  override async getFormKwargs() {
    return { ...(await super.getFormKwargs()), user: this.user }
  }

  override getSuccessUrl(): string {
    if (this.successUrl !== undefined) return super.getSuccessUrl()
    return besideThisPage(this.request, 'password_reset_complete')
  }

  override async formValid(form: SetPasswordForm): Promise<HttpResponse> {
    const user = await form.save()
    await sessionOf(this.request).delete(sessionKey)
    // Who has tried in vain what they no longer knew, or is kept out by others who guess, comes by the mail to get in.
    await forgiveGuesses(this.request, [user.getUsername(), addressOf(user)])
    if (!this.postResetLogin) return super.formValid(form)
    const backend = this.postResetLoginBackend
    return startLogin(this.request, user, { next: this.getSuccessUrl(), ...(backend === undefined ? {} : { backend }) })
  }
}

/** Says that the new password is in force. Django's `PasswordResetCompleteView`. */
export class PasswordResetCompleteView extends TemplateView {
  override templateName: string | undefined = 'registration/password_reset_complete.html'

  override async getContextData() {
    return { ...(await super.getContextData()), loginUrl: resolveUrl(authSettings().loginUrl) }
  }
}
