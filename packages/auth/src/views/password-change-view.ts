import { addNeverCacheHeaders, type HttpResponse } from '@nuages/http'
import { FormView, TemplateView } from '@nuages/views'
import { loginRedirect } from '../access/redirect-to-login.ts'
import { PasswordChangeForm } from '../forms/password-forms.ts'
import { withRefusal } from '../forms/too-many-attempts.ts'
import { updateSessionAuthHash } from '../login/login.ts'
import { userOf } from '../login/request-user.ts'
import { besideThisPage } from './beside-this-page.ts'

/**
 * Lets who is logged in change their password. This session stays; those on other devices end. Django's
 * `PasswordChangeView`.
 */
export class PasswordChangeView extends FormView(PasswordChangeForm) {
  override templateName: string | undefined = 'registration/password_change_form.html'

  override async dispatch(): Promise<HttpResponse> {
    if (!(await userOf(this.request)).isAuthenticated) return loginRedirect(this.request)
    return addNeverCacheHeaders(await super.dispatch())
  }

  override getSuccessUrl(): string {
    return this.successUrl === undefined ? besideThisPage(this.request, 'password_change_done') : super.getSuccessUrl()
  }

  override async getFormKwargs() {
    return { ...(await super.getFormKwargs()), user: await userOf(this.request) }
  }

  override async formValid(form: PasswordChangeForm): Promise<HttpResponse> {
    await updateSessionAuthHash(this.request, await form.save())
    return super.formValid(form)
  }

  /** 429 with the page, where there were too many attempts. */
  override async formInvalid(form: PasswordChangeForm): Promise<HttpResponse> {
    return withRefusal(await super.formInvalid(form), form.refusal)
  }
}

/** Says that the password was changed. Django's `PasswordChangeDoneView`. */
export class PasswordChangeDoneView extends TemplateView {
  override templateName: string | undefined = 'registration/password_change_done.html'

  override async dispatch(): Promise<HttpResponse> {
    if (!(await userOf(this.request)).isAuthenticated) return loginRedirect(this.request)
    return addNeverCacheHeaders(await super.dispatch())
  }
}
