import { addNeverCacheHeaders, type HttpResponse } from '@nuages/http'
import { FormView } from '@nuages/views'
import { mailLater } from '../account-mail/account-mail.ts'
import { limitAddress, limitClient } from '../account-mail/mail-limits.ts'
import { siteOrigin } from '../account-mail/site-origin.ts'
import { AddressForm } from '../forms/address-form.ts'
import { besideThisPage } from '../views/beside-this-page.ts'
import { mailWhoSignsUp, type SignUpMailOptions } from './sign-up-mails.ts'
import { requireOpenSignUp } from './sign-up-view.ts'

/** Sends the mail of a sign-up again, to whoever asks, if there is one to be sent. */
export class SignUpResendView extends FormView(AddressForm) {
  override templateName: string | undefined = 'registration/signup_resend.html'
  /** The templates and tokens of the mails, where they are not the usual ones. */
  mailOptions: Partial<SignUpMailOptions> = {}
  /** These count together with those of the sign-up itself. */
  clientRate: string | false = '30/h'
  addressRate: string | false = '5/h'

  override async dispatch(): Promise<HttpResponse> {
    requireOpenSignUp()
    return addNeverCacheHeaders(await super.dispatch())
  }

  override getSuccessUrl(): string {
    return this.successUrl === undefined ? besideThisPage(this.request, 'signup_done') : super.getSuccessUrl()
  }

  override async formValid(form: AddressForm): Promise<HttpResponse> {
    const { request } = this
    await limitClient(request, 'signup', this.clientRate)
    const { email } = form.cleanedData
    const options = { request, origin: siteOrigin(request), ...this.mailOptions }
    await mailLater(async () => {
      if (await limitAddress(email, 'signup', this.addressRate)) await mailWhoSignsUp(email, options)
    })
    return super.formValid(form)
  }
}
