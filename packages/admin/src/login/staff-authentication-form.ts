import { AuthenticationForm, type CurrentUser } from '@nuages/auth'
import { ValidationError } from '@nuages/orm'

/** Lets nobody in but the staff. Django's `AdminAuthenticationForm`. */
export class StaffAuthenticationForm extends AuthenticationForm {
  override confirmLoginAllowed(user: CurrentUser): void {
    super.confirmLoginAllowed(user)
    if (user.isStaff) return
    throw new ValidationError('This account may not use the administration. Sign in with one of the staff.', {
      code: 'invalid_login',
    })
  }
}
