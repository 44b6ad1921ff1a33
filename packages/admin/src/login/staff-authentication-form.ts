import { AuthenticationForm, type CurrentUser } from '@nuages/auth'
import { ValidationError } from '@nuages/orm'

/** Lets nobody in but the staff. Django's `AdminAuthenticationForm`. */
export class StaffAuthenticationForm extends AuthenticationForm {
  override confirmLoginAllowed(user: CurrentUser): void {
    // In the same words as for a wrong password, which therefore nobody learns to be right.
    if (!user.isActive || !(user as { readonly isStaff?: boolean }).isStaff) throw this.invalidLogin()
  }

  protected override invalidLogin(): ValidationError {
    const name = this.get('username').label.toLowerCase()
    return new ValidationError(
      `This is not the ${name} and password of a member of the staff. Both may mind upper and lower case.`,
      { code: 'invalid_login' },
    )
  }
}
