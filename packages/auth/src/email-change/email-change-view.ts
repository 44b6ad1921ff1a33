import { addNeverCacheHeaders, type HttpResponse } from '@nuages/http'
import { FormView, TemplateView } from '@nuages/views'
import { loginRedirect } from '../access/redirect-to-login.ts'
import { mailLater } from '../account-mail/account-mail.ts'
import { limitAccount, limitAddress } from '../account-mail/mail-limits.ts'
import { siteOrigin } from '../account-mail/site-origin.ts'
import { addressField } from '../account-mail/users-of-address.ts'
import { addressOf } from '../account-tokens/password-reset-token-generator.ts'
import { withRefusal } from '../forms/too-many-attempts.ts'
import { userOf } from '../login/request-user.ts'
import { besideThisPage } from '../views/beside-this-page.ts'
import { logInAgain } from '../views/log-in-again.ts'
import { EmailChangeForm } from './email-change-form.ts'
import { mailAboutChange } from './email-change-mails.ts'

/**
 * Asks who is logged in for another address and for their password, and mails that address a link. Who has no password has to have
 * logged in lately. Until the link is followed the address stays as it is; the one that there is gets a note. The answer does not
 * tell whether somebody else has the address.
 */
export class EmailChangeView extends FormView(EmailChangeForm) {
  override templateName: string | undefined = 'registration/email_change_form.html'
  /** How many such mails a user may have sent; what is more is answered with 429. */
  userRate: string | false = '10/h'
  /** How many mails an address gets, whoever asks; what is more is answered as always and not sent. */
  addressRate: string | false = '5/h'

  override async dispatch(): Promise<HttpResponse> {
    addressField()
    const user = await userOf(this.request)
    if (!user.isAuthenticated) return loginRedirect(this.request)
    return (await logInAgain(this.request, user)) ?? addNeverCacheHeaders(await super.dispatch())
  }

  override getSuccessUrl(): string {
    return this.successUrl === undefined ? besideThisPage(this.request, 'email_change_done') : super.getSuccessUrl()
  }

  override async getFormKwargs() {
    return { ...(await super.getFormKwargs()), user: await userOf(this.request) }
  }

  override async getContextData() {
    return { ...(await super.getContextData()), address: addressOf(this.form.user) }
  }

  override async formValid(form: EmailChangeForm): Promise<HttpResponse> {
    const { request } = this
    await limitAccount(form.user, 'email-change', this.userRate)
    const change = { request, origin: siteOrigin(request), user: form.user, newAddress: form.cleanedData.newEmail }
    await mailLater(async () => {
      if (await limitAddress(change.newAddress, 'email-change', this.addressRate)) await mailAboutChange(change)
    })
    return super.formValid(form)
  }

  /** 429 with the page, where too many passwords were tried. */
  override async formInvalid(form: EmailChangeForm): Promise<HttpResponse> {
    return withRefusal(await super.formInvalid(form), form.refusal)
  }
}

/** Says that a mail is on its way to the new address. */
export class EmailChangeDoneView extends TemplateView {
  override templateName: string | undefined = 'registration/email_change_done.html'

  override async dispatch(): Promise<HttpResponse> {
    if (!(await userOf(this.request)).isAuthenticated) return loginRedirect(this.request)
    return addNeverCacheHeaders(await super.dispatch())
  }
}
