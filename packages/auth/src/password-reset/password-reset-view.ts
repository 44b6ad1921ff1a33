import { addNeverCacheHeaders, type HttpResponse } from '@nuages/http'
import type { EmailTemplates } from '@nuages/mail'
import { FormView, TemplateView } from '@nuages/views'
import { mailLater, mailTemplates } from '../account-mail/account-mail.ts'
import { limitAddress, limitClient } from '../account-mail/mail-limits.ts'
import { siteOrigin } from '../account-mail/site-origin.ts'
import { addressField, usersOfAddress } from '../account-mail/users-of-address.ts'
import { defaultTokenGenerator } from '../account-tokens/password-reset-token-generator.ts'
import { authSettings } from '../auth-settings.ts'
import { sendSignUpMail } from '../signup/sign-up-mails.ts'
import { isUnverified } from '../signup/unverified-account.ts'
import { besideThisPage } from '../views/beside-this-page.ts'
import { PasswordResetForm } from './password-reset-form.ts'

/**
 * Asks for an address and mails whose it is a link to a page where they choose another password. The answer is the same whether
 * somebody has the address or not, and comes before anybody is looked for. Django's `PasswordResetView`.
 */
export class PasswordResetView extends FormView(PasswordResetForm) {
  override templateName: string | undefined = 'registration/password_reset_form.html'
  tokenGenerator = defaultTokenGenerator
  /** The templates of the mail. */
  emailTemplates: EmailTemplates = mailTemplates('password_reset')
  fromEmail: string | undefined = undefined
  /** What the templates of the mail know beside what every mail about an account does. */
  extraEmailContext: Readonly<Record<string, unknown>> = {}
  /** How many mails a client may ask for; what is more is answered with 429. `false` for any number. */
  clientRate: string | false = '30/h'
  /** How many mails an address gets, whoever asks; what is more is answered as always and not sent. */
  addressRate: string | false = '5/h'

  override async dispatch(): Promise<HttpResponse> {
    addressField()
    return addNeverCacheHeaders(await super.dispatch())
  }

  override getSuccessUrl(): string {
    return this.successUrl === undefined ? besideThisPage(this.request, 'password_reset_done') : super.getSuccessUrl()
  }

  override async formValid(form: PasswordResetForm): Promise<HttpResponse> {
    await limitClient(this.request, 'password-reset', this.clientRate)
    const { email } = form.cleanedData
    // Asked at once: a project that mails links to any host is told so, whoever is asked for.
    const origin = siteOrigin(this.request)
    await mailLater(async () => {
      if (await limitAddress(email, 'password-reset', this.addressRate)) await this.sendMails(form, origin)
    })
    return super.formValid(form)
  }

  /** Mails whose address it is; who has yet to confirm it gets the mail of their sign-up again. */
  protected async sendMails(form: PasswordResetForm, origin: string): Promise<void> {
    const { request } = this
    for (const user of await usersOfAddress(form.cleanedData.email)) {
      if (authSettings().signup.open && user.isActive && isUnverified(user))
        await sendSignUpMail(user, { request, origin })
    }
    await form.save({
      request,
      linkFor: (_user, { uid, token }) =>
        origin + besideThisPage(this.request, 'password_reset_confirm', { uidb64: uid, token }),
      tokenGenerator: this.tokenGenerator,
      templates: this.emailTemplates,
      from: this.fromEmail,
      extraContext: this.extraEmailContext,
    })
  }
}

/** Says that a mail is on its way if somebody has the address. Django's `PasswordResetDoneView`. */
export class PasswordResetDoneView extends TemplateView {
  override templateName: string | undefined = 'registration/password_reset_done.html'
}
