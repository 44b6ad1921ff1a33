import { ngettext } from '@nuages/i18n'
import { ValidationError } from '@nuages/orm'
import type { PasswordValidator } from './password-validator.ts'

/** A password has at least so many characters: 8 unless told otherwise. Django's `MinimumLengthValidator`. */
export function minimumLengthValidator({ minLength = 8 }: { readonly minLength?: number } = {}): PasswordValidator {
  return {
    validate(password) {
      if ([...password].length >= minLength) return
      const message = ngettext(
        'This password is too short: it needs at least {count} character.',
        'This password is too short: it needs at least {count} characters.',
        minLength,
      )
      throw new ValidationError(message, { code: 'password_too_short' })
    },
    getHelpText: () => ngettext('At least {count} character.', 'At least {count} characters.', minLength),
  }
}
