import { gettext } from '@nuages/i18n'
import { ValidationError } from '@nuages/orm'
import type { PasswordValidator } from './password-validator.ts'

/** A password is more than a number, in whatever script. Django's `NumericPasswordValidator`. */
export function numericPasswordValidator(): PasswordValidator {
  return {
    validate(password) {
      if (!/^\p{Nd}+$/u.test(password)) return
      throw new ValidationError(gettext('This password is only a number.'), { code: 'password_entirely_numeric' })
    },
    getHelpText: () => gettext('Not only digits.'),
  }
}
