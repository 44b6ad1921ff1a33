import { char, type FormField, PasswordInput } from '@nuages/forms'
import { gettext, type Text } from '@nuages/i18n'
import { ValidationError } from '@nuages/orm'
import { longestPassword } from '../hashing/passwords.ts'
import { passwordValidatorsHelpTexts, validatePassword } from '../password-validation/validate-password.ts'

/** A field for a password that is there already. */
export function currentPassword(label: Text): FormField<string> {
  const widget = new PasswordInput({ autocomplete: 'current-password' })
  return char({ label, strip: false, maxLength: longestPassword, widget })
}

/** A field for a new password. */
export function newPassword(label: Text, helpText: Text = ''): FormField<string> {
  const widget = new PasswordInput({ autocomplete: 'new-password' })
  return char({ label, helpText, strip: false, maxLength: longestPassword, widget })
}

/** The project's rules, as the help of a field. They are known once it is set up, so a form asks when it is made. */
export function passwordHelpText(): string {
  return passwordValidatorsHelpTexts().join(' ')
}

/** Throws `ValidationError` where the second password is not the first. */
export function checkSame(first: string, second: string): void {
  if (first !== second)
    throw new ValidationError(gettext('The two passwords are not the same.'), { code: 'password_mismatch' })
}

/** Throws `ValidationError` where the two are not the same, or the project's rules refuse the password. */
export async function checkNewPassword(first: string, second: string, user: object): Promise<void> {
  checkSame(first, second)
  await validatePassword(second, user)
}
