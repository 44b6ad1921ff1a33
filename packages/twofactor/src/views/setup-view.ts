import { type CurrentUser, logInAgain, updateSessionAuthHash, userOf, withRefusal } from '@nuages/auth'
import { BadSeal } from '@nuages/core'
import { addNeverCacheHeaders, type HttpResponse, HttpResponseSeeOther, safeNext } from '@nuages/http'
import { gettext } from '@nuages/i18n'
import { sessionOf } from '@nuages/sessions'
import { reverseName } from '@nuages/urls'
import { FormView } from '@nuages/views'
import { ownSecondFactor } from '../access/two-factor-required.ts'
import { qrCode } from '../device/qr-code.ts'
import { hasSecondFactor } from '../device/second-factor.ts'
import { secretSealer } from '../device/secret-sealer.ts'
import { newSecret, otpauthUri, readableSecret } from '../device/totp.ts'
import { markSession } from '../login/session-mark.ts'
import { twofactorPolicy } from '../twofactor-settings.ts'
import { SetupForm } from './setup-form.ts'

const setupKey = '_twofactor_setup'

/**
 * Shows a secret as a QR code, and turns the second factor on for who shows a code of it; then the recovery codes, once. This
 * session stays; the user's others end.
 */
class PlainSetupView extends FormView(SetupForm) {
  override templateName: string | undefined = 'twofactor/setup.html'
  doneTemplateName = 'twofactor/recovery_codes_shown.html'
  #user!: CurrentUser
  #secret!: Uint8Array

  override async dispatch(): Promise<HttpResponse> {
    this.#user = (await userOf(this.request)) as CurrentUser
    if (await hasSecondFactor(this.#user))
      return addNeverCacheHeaders(new HttpResponseSeeOther(reverseName('twofactor')))
    const again = await logInAgain(this.request, this.#user)
    if (again !== undefined) return again
    this.#secret = await this.#currentSecret()
    return addNeverCacheHeaders(await super.dispatch())
  }

  /** The one that this session shows until it is used: reloading the page makes no other. The session keeps it sealed. */
  async #currentSecret(): Promise<Uint8Array> {
    const session = sessionOf(this.request)
    const owner = `setup ${this.#user.pk}`
    const stored: unknown = await session.get(setupKey)
    try {
      if (typeof stored === 'string') return secretSealer.open(stored, owner).bytes
    } catch (error) {
      // Another user's of this browser.
      if (!(error instanceof BadSeal)) throw error
    }
    const secret = newSecret()
    await session.set(setupKey, secretSealer.seal(secret, owner))
    return secret
  }

  override async getFormKwargs() {
    return { ...(await super.getFormKwargs()), user: this.#user, secret: this.#secret }
  }

  /** The codes are the answer itself: kept anywhere to be shown on another page, they would stand there. */
  override async formValid(form: SetupForm): Promise<HttpResponse> {
    await updateSessionAuthHash(this.request, this.#user)
    await sessionOf(this.request).delete(setupKey)
    await markSession(this.request, this.#user)
    this.templateName = this.doneTemplateName
    return this.renderToResponse({
      ...(await this.getContextData()),
      codes: form.recoveryCodes,
      goOnUrl: safeNext(this.request, this.request.query.get('next')) ?? reverseName('twofactor'),
      isNew: true,
    })
  }

  override async formInvalid(form: SetupForm): Promise<HttpResponse> {
    return withRefusal(await super.formInvalid(form), form.refusal)
  }

  override async getContextData() {
    const issuer = twofactorPolicy().issuer ?? this.request.host.replace(/:\d*$/, '').replace(/[[\]:]/g, '')
    const uri = otpauthUri(this.#secret, issuer, this.#user.getUsername())
    return {
      ...(await super.getContextData()),
      qr: qrCode(uri, gettext('QR code for your authenticator app')),
      uri,
      secret: readableSecret(this.#secret),
    }
  }
}

/** Sets the second factor up: a QR code, a code of the app and the password; then the recovery codes, shown once. */
export const SetupView: typeof PlainSetupView = ownSecondFactor(PlainSetupView)
