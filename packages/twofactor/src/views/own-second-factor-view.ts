import { type CurrentUser, logInAgain, userOf, withRefusal } from '@nuages/auth'
import { addNeverCacheHeaders, type HttpResponse, HttpResponseSeeOther } from '@nuages/http'
import { gettext } from '@nuages/i18n'
import { messages } from '@nuages/messages'
import { reverseName } from '@nuages/urls'
import { FormView, TemplateView } from '@nuages/views'
import { ownSecondFactor } from '../access/two-factor-required.ts'
import { hasSecondFactor, turnOff } from '../device/second-factor.ts'
import { TotpDevice } from '../device/totp-device.ts'
import { unmarkSession } from '../login/session-mark.ts'
import { countRecoveryCodes, makeRecoveryCodes } from '../recovery/recovery-codes.ts'
import { PasswordForm } from './password-form.ts'

/** Whether the second factor is on, since when, and how many recovery codes are left. */
class PlainOverviewView extends TemplateView {
  override templateName: string | undefined = 'twofactor/overview.html'

  override async dispatch(): Promise<HttpResponse> {
    return addNeverCacheHeaders(await super.dispatch())
  }

  override async getContextData() {
    const user = (await userOf(this.request)) as CurrentUser
    const device = await TotpDevice.objects.filter({ user }).first()
    const codesLeft = device === null ? 0 : await countRecoveryCodes(user)
    return { ...(await super.getContextData()), since: device?.created ?? null, codesLeft }
  }
}

/** Shows whether the second factor is on, since when, and how many recovery codes are left. For who is logged in. */
export const OverviewView: typeof PlainOverviewView = ownSecondFactor(PlainOverviewView)

/** A page that asks for the password, or a recent log-in, before it changes the second factor, which has to be on. */
abstract class ChangeView extends FormView(PasswordForm) {
  protected user!: CurrentUser

  override async dispatch(): Promise<HttpResponse> {
    this.user = (await userOf(this.request)) as CurrentUser
    if (!(await hasSecondFactor(this.user)))
      return addNeverCacheHeaders(new HttpResponseSeeOther(reverseName('twofactor')))
    return (await logInAgain(this.request, this.user)) ?? addNeverCacheHeaders(await super.dispatch())
  }

  override async getFormKwargs() {
    return { ...(await super.getFormKwargs()), user: this.user }
  }

  override async formInvalid(form: PasswordForm): Promise<HttpResponse> {
    return withRefusal(await super.formInvalid(form), form.refusal)
  }
}

/** Makes new recovery codes, and shows them once. */
class PlainRecoveryCodesView extends ChangeView {
  override templateName: string | undefined = 'twofactor/recovery_codes.html'
  doneTemplateName = 'twofactor/recovery_codes_shown.html'

  override async formValid(): Promise<HttpResponse> {
    const codes = await makeRecoveryCodes(this.user)
    this.templateName = this.doneTemplateName
    return this.renderToResponse({
      ...(await this.getContextData()),
      codes,
      goOnUrl: reverseName('twofactor'),
      isNew: false,
    })
  }

  override async getContextData() {
    return { ...(await super.getContextData()), codesLeft: await countRecoveryCodes(this.user) }
  }
}

/** Makes new recovery codes for who gives their password, and shows them once. */
export const RecoveryCodesView: typeof PlainRecoveryCodesView = ownSecondFactor(PlainRecoveryCodesView)

/** Turns the second factor off. */
class PlainTurnOffView extends ChangeView {
  override templateName: string | undefined = 'twofactor/turn_off.html'

  override async formValid(): Promise<HttpResponse> {
    await turnOff(this.user)
    await unmarkSession(this.request)
    messages.success(this.request, gettext('The second factor is off.'), { failSilently: true })
    return new HttpResponseSeeOther(reverseName('twofactor'))
  }
}

/** Turns the second factor off for who gives their password. */
export const TurnOffView: typeof PlainTurnOffView = ownSecondFactor(PlainTurnOffView)
