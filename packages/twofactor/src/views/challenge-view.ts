import { type CurrentUser, continueLogin, pendingLogin, redirectToLogin, userOf, withRefusal } from '@nuages/auth'
import { addNeverCacheHeaders, type HttpResponse, HttpResponseSeeOther, safeNext } from '@nuages/http'
import { gettext, ngettext } from '@nuages/i18n'
import { messages } from '@nuages/messages'
import { sessionOf } from '@nuages/sessions'
import { reverseName } from '@nuages/urls'
import { FormView } from '@nuages/views'
import { hasSecondFactor } from '../device/second-factor.ts'
import { isMarked, markSession } from '../login/session-mark.ts'
import { countRecoveryCodes } from '../recovery/recovery-codes.ts'
import { ChallengeForm } from './challenge-form.ts'

/**
 * Asks for the second factor: who gave their password and is about to be logged in, or who is logged in and comes from a page
 * behind `twoFactorRequired`. `?recovery` asks for a recovery code.
 */
export class ChallengeView extends FormView(ChallengeForm) {
  override templateName: string | undefined = 'twofactor/challenge.html'
  #user: CurrentUser | undefined
  #isPending = false

  override async dispatch(): Promise<HttpResponse> {
    const pending = await pendingLogin(this.request)
    this.#isPending = pending !== undefined
    this.#user = pending?.user ?? (await this.#askedAgain())
    if (this.#user === undefined) return addNeverCacheHeaders(await this.#elsewhere())
    return addNeverCacheHeaders(await super.dispatch())
  }

  /** Who is logged in and did not give their second factor in this session. */
  async #askedAgain(): Promise<CurrentUser | undefined> {
    const user = await userOf(this.request)
    if (!user.isAuthenticated || (await isMarked(this.request, user as CurrentUser))) return undefined
    return (await hasSecondFactor(user as CurrentUser)) ? (user as CurrentUser) : undefined
  }

  /** Who is asked for nothing goes on; who is not logged in begins with the password. */
  async #elsewhere(): Promise<HttpResponse> {
    const user = await userOf(this.request)
    return user.isAuthenticated ? new HttpResponseSeeOther(this.getSuccessUrl()) : redirectToLogin(this.#next() ?? '/')
  }

  #next(): string | undefined {
    return safeNext(this.request, this.request.query.get('next'))
  }

  override getSuccessUrl(): string {
    return this.#next() ?? reverseName('twofactor')
  }

  get #asksForRecovery(): boolean {
    return this.request.query.has('recovery')
  }

  override async getFormKwargs() {
    const { request } = this
    return { ...(await super.getFormKwargs()), request, user: this.#user!, recovery: this.#asksForRecovery }
  }

  override async formValid(form: ChallengeForm): Promise<HttpResponse> {
    const user = this.#user!
    const response = this.#isPending ? await continueLogin(this.request, 'twofactor') : await this.#goOn()
    await markSession(this.request, user)
    if (form.accepted === 'recovery') await this.#warn(user)
    return response
  }

  async #goOn(): Promise<HttpResponse> {
    await sessionOf(this.request).cycleKey()
    return new HttpResponseSeeOther(this.getSuccessUrl())
  }

  async #warn(user: CurrentUser): Promise<void> {
    const left = await countRecoveryCodes(user)
    const text =
      left === 0
        ? gettext('That was your last recovery code. Make new ones.')
        : ngettext('You have {count} recovery code left.', 'You have {count} recovery codes left.', left)
    messages.warning(this.request, text, { failSilently: true })
  }

  override async formInvalid(form: ChallengeForm): Promise<HttpResponse> {
    return withRefusal(await super.formInvalid(form), form.refusal)
  }

  override async getContextData() {
    const query = new URLSearchParams(this.#next() === undefined ? {} : { next: this.#next()! })
    const app = query.size === 0 ? this.request.path : `${this.request.path}?${query}`
    query.set('recovery', '1')
    return {
      ...(await super.getContextData()),
      recovery: this.#asksForRecovery,
      appUrl: app,
      recoveryUrl: `${this.request.path}?${query}`,
      loginUrl: redirectToLogin('/', { redirectFieldName: null }).url,
    }
  }
}
