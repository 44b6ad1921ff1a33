import { ValidationError } from '@nuages/orm'
import type { PasswordValidator } from './password-validator.ts'

/** A password has at least so many characters: 8 unless told otherwise. Django's `MinimumLengthValidator`. */
export function minimumLengthValidator({ minLength = 8 }: { readonly minLength?: number } = {}): PasswordValidator {
  return {
    validate(password) {
      if ([...password].length >= minLength) return
      throw new ValidationError(`This password is too short: it needs at least ${counted(minLength)}.`, {
        code: 'password_too_short',
      })
    },
    getHelpText: () => `At least ${counted(minLength)}.`,
  }
}

function counted(length: number): string {
  return length === 1 ? '1 character' : `${length} characters`
}
