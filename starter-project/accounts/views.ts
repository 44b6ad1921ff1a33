import { loginRequired } from 'nuages/auth'
import { TemplateView } from 'nuages/views'

/** What somebody may do with their account, in one place. */
export class Account extends loginRequired(TemplateView) {
  override templateName = 'accounts/account.html'
}
