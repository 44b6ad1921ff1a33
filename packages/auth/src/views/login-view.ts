import { ImproperlyConfigured } from '@nuages/foundation'
import { addNeverCacheHeaders, type HttpResponse, HttpResponseRedirect } from '@nuages/http'
import { FormView } from '@nuages/views'
import { redirectFieldName } from '../access/redirect-to-login.ts'
import { resolveUrl } from '../access/resolve-url.ts'
import { authSettings } from '../auth-settings.ts'
import { AuthenticationForm } from '../forms/authentication-form.ts'
import { withRefusal } from '../forms/too-many-attempts.ts'
import { userOf } from '../login/request-user.ts'
import { startLogin } from '../login/start-login.ts'
import { urlBesideIfThere } from './beside-this-page.ts'
import { nextPage } from './next-page.ts'

/** Asks for a username and a password, logs in whose they are, and goes on to `next`. Django's `LoginView`. */
export class LoginView extends FormView(AuthenticationForm) {
  override templateName: string | undefined = 'registration/login.html'
  /** Where to where the address does not say: a URL or the name of one; `auth.loginRedirectUrl` of the settings when left out. */
  nextPage: string | undefined = undefined
  redirectFieldName: string = redirectFieldName
  /** Sends on who is logged in already. It tells other sites who embed such an address whether somebody is. */
  redirectAuthenticatedUser = false
  /** Hosts that `next` may lead to, beside the one that was asked. */
  successUrlAllowedHosts: readonly string[] = []
  /** Where to go on to, if that was said and is allowed. */
  next: string | undefined

  override async dispatch(): Promise<HttpResponse> {
    this.next = await nextPage(this.request, this.redirectFieldName, this.successUrlAllowedHosts)
    if (this.redirectAuthenticatedUser && (await userOf(this.request)).isAuthenticated) return this.#goOn()
    return addNeverCacheHeaders(await super.dispatch())
  }

  #goOn(): HttpResponse {
    const target = this.getSuccessUrl()
    if (target !== this.request.path) return new HttpResponseRedirect(target)
    throw new ImproperlyConfigured(
      `${this.constructor.name} would send who is logged in from '${target}' to '${target}', for ever.`,
      { hint: 'Let auth.loginRedirectUrl be another page than the log-in.' },
    )
  }

  override getSuccessUrl(): string {
    return this.next ?? this.getDefaultRedirectUrl()
  }

  /** Where a log-in leads that came from nowhere. */
  getDefaultRedirectUrl(): string {
    return resolveUrl(this.nextPage ?? authSettings().loginRedirectUrl)
  }

  override async getFormKwargs() {
    return { ...(await super.getFormKwargs()), request: this.request }
  }

  override async formValid(form: AuthenticationForm): Promise<HttpResponse> {
    return startLogin(this.request, form.getUser()!, { next: this.getSuccessUrl() })
  }

  /** 429 with the page, where there were too many attempts. */
  override async formInvalid(form: AuthenticationForm): Promise<HttpResponse> {
    return withRefusal(await super.formInvalid(form), form.refusal)
  }

  override async getContextData() {
    return {
      ...(await super.getContextData()),
      redirectFieldName: this.redirectFieldName,
      next: this.next ?? '',
      resetUrl: urlBesideIfThere(this.request, 'password_reset'),
      signupUrl: this.#signupUrl(),
    }
  }

  /** Where visitors make themselves accounts, if they may; they come to where the log-in leads from there as well. */
  #signupUrl(): string | undefined {
    const url = authSettings().signup.open ? urlBesideIfThere(this.request, 'signup') : undefined
    if (url === undefined || this.next === undefined) return url
    return `${url}?${this.redirectFieldName}=${encodeURIComponent(this.next)}`
  }
}
