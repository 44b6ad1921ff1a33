import { type AnyModelForm, InvalidForm } from '@nuages/forms'
import {
  addNeverCacheHeaders,
  Http404,
  type HttpResponse,
  HttpResponseRedirect,
  HttpResponseSeeOther,
} from '@nuages/http'
import type { EmailTemplates } from '@nuages/mail'
import { FormView, TemplateView, type ViewFormClass } from '@nuages/views'
import { redirectFieldName } from '../access/redirect-to-login.ts'
import { resolveUrl } from '../access/resolve-url.ts'
import { mailLater, mailTemplates } from '../account-mail/account-mail.ts'
import { limitAddress, limitClient } from '../account-mail/mail-limits.ts'
import { siteOrigin } from '../account-mail/site-origin.ts'
import { addressField, usersOfAddress } from '../account-mail/users-of-address.ts'
import { emailVerificationTokens } from '../account-tokens/email-tokens.ts'
import { addressOf, type PasswordResetTokenGenerator } from '../account-tokens/password-reset-token-generator.ts'
import { authSettings } from '../auth-settings.ts'
import { authenticationBackends } from '../backends/active-backends.ts'
import { userOf } from '../login/request-user.ts'
import { startLogin } from '../login/start-login.ts'
import { type CurrentUser, getUserModel } from '../users/get-user-model.ts'
import { besideThisPage } from '../views/beside-this-page.ts'
import { nextPage } from '../views/next-page.ts'
import { SignUpForm } from './sign-up-form.ts'
import { mailWhoSignsUp } from './sign-up-mails.ts'
import { rememberedSignUp, rememberSignUp } from './sign-up-memory.ts'
import { userSignedUp } from './sign-up-signal.ts'
import { isUnverified } from './unverified-account.ts'

/** Throws `Http404` where visitors may not make themselves accounts. */
export function requireOpenSignUp(): void {
  if (authSettings().signup.open) return
  throw new Http404('Nobody may sign up here: auth.signup.open is not set in the settings.')
}

/**
 * Makes an account. Where addresses are confirmed, which is the rule, the answer is one page whether the address has an account
 * or not, and a mail tells its owner more: the link by which the account becomes theirs, or that they have one. Otherwise whoever
 * signs up is logged in at once.
 */
export class SignUpView extends FormView(SignUpForm as unknown as ViewFormClass<AnyModelForm>) {
  override templateName: string | undefined = 'registration/signup.html'
  tokenGenerator: PasswordResetTokenGenerator = emailVerificationTokens
  emailTemplates: EmailTemplates = mailTemplates('signup')
  /** The mail to an address that has an account. */
  existsEmailTemplates: EmailTemplates = mailTemplates('signup_exists')
  fromEmail: string | undefined = undefined
  extraEmailContext: Readonly<Record<string, unknown>> = {}
  /** How often a client may send the form; what is more is answered with 429. `false` for any number. */
  clientRate: string | false = '30/h'
  /** How many mails an address gets, whoever asks; what is more is answered as always and nothing is done. */
  addressRate: string | false = '5/h'
  /** Where to where the address does not say: a URL or the name of one; `auth.loginRedirectUrl` of the settings when left out. */
  nextPage: string | undefined = undefined
  redirectFieldName: string = redirectFieldName
  /** The backend that they are logged in by; the first of the project when left out. */
  backend: string | undefined = undefined
  /** Where to go on to, if that was said and is allowed. */
  next: string | undefined

  override async dispatch(): Promise<HttpResponse> {
    requireOpenSignUp()
    if (authSettings().signup.verifyEmail) addressField()
    this.next = await nextPage(this.request, this.redirectFieldName, [])
    if ((await userOf(this.request)).isAuthenticated) return new HttpResponseRedirect(this.getNextUrl())
    return addNeverCacheHeaders(await super.dispatch())
  }

  /** Where whoever signed up goes once they are in. */
  getNextUrl(): string {
    return this.next ?? resolveUrl(this.nextPage ?? authSettings().loginRedirectUrl)
  }

  /** The page that says what to do next, where the address is to be confirmed. */
  override getSuccessUrl(): string {
    return this.successUrl === undefined ? besideThisPage(this.request, 'signup_done') : super.getSuccessUrl()
  }

  /** Who signs up again before they have confirmed their address changes the account that is there. */
  override async getFormKwargs() {
    const kwargs = await super.getFormKwargs()
    if (this.request.method !== 'POST' || !authSettings().signup.verifyEmail) return kwargs
    const { fields } = await this.request.form()
    const prefix = this.getPrefix()
    const { emailField } = getUserModel()
    const address = fields.get(prefix === undefined ? emailField : `${prefix}-${emailField}`)?.trim() ?? ''
    const users = address === '' || address.length > 320 ? [] : await usersOfAddress(address)
    return { ...kwargs, instance: users.every(isUnverified) ? users[0] : undefined }
  }

  /** Counted before anything is hashed, or told of names that are taken. */
  override async post(): Promise<HttpResponse> {
    await limitClient(this.request, 'signup', this.clientRate)
    return super.post()
  }

  override async formValid(form: AnyModelForm): Promise<HttpResponse> {
    return authSettings().signup.verifyEmail ? this.#askToConfirm(form) : this.#logIn(form)
  }

  async #logIn(form: AnyModelForm): Promise<HttpResponse> {
    const user = (await form.save()) as unknown as CurrentUser
    const { request } = this
    await userSignedUp.send({ request, user })
    return startLogin(request, user, { next: this.getNextUrl(), backend: this.backend ?? firstBackend() })
  }

  async #askToConfirm(form: AnyModelForm): Promise<HttpResponse> {
    const { request } = this
    const origin = siteOrigin(request)
    const address = addressOf(form.instance as unknown as CurrentUser)
    const mayMail = await limitAddress(address, 'signup', this.addressRate)
    const user = mayMail ? await this.#account(form, address) : null
    await rememberSignUp(request, { address, user, next: this.next ?? null })
    if (mayMail) {
      await mailLater(() =>
        mailWhoSignsUp(address, {
          request,
          origin,
          tokenGenerator: this.tokenGenerator,
          templates: this.emailTemplates,
          existsTemplates: this.existsEmailTemplates,
          from: this.fromEmail,
          extraContext: this.extraEmailContext,
        }),
      )
    }
    return new HttpResponseSeeOther(this.getSuccessUrl())
  }

  /** The new account; `null` where the address has one, be it since this very moment. */
  async #account(form: AnyModelForm, address: string): Promise<CurrentUser | null> {
    if (!(await usersOfAddress(address)).every(isUnverified)) return null
    try {
      return (await form.save()) as unknown as CurrentUser
    } catch (error) {
      const { emailField } = getUserModel()
      const isTaken = error instanceof InvalidForm && [...form.errors.keys()].every((name) => name === emailField)
      if (isTaken) return null
      throw error
    }
  }

  override async getContextData() {
    const { next = '', redirectFieldName: field } = this
    return { ...(await super.getContextData()), next, redirectFieldName: field, loginUrl: loginUrlFor(next, field) }
  }
}

/** Says that a mail is on its way, and sends it again. */
export class SignUpDoneView extends TemplateView {
  override templateName: string | undefined = 'registration/signup_done.html'

  override async dispatch(): Promise<HttpResponse> {
    requireOpenSignUp()
    return addNeverCacheHeaders(await super.dispatch())
  }

  override async getContextData() {
    const { address } = (await rememberedSignUp(this.request)) ?? {}
    const signupUrl = besideThisPage(this.request, 'signup')
    const resendUrl = besideThisPage(this.request, 'signup_resend')
    return { ...(await super.getContextData()), address, signupUrl, resendUrl }
  }
}

/** The name of the backend that new users are logged in by unless a view says otherwise. */
export function firstBackend(): string {
  return authenticationBackends()[0]!.name
}

/** The log-in, with where to go on to. */
function loginUrlFor(next: string, field: string): string {
  const url = resolveUrl(authSettings().loginUrl)
  return next === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${field}=${encodeURIComponent(next)}`
}
