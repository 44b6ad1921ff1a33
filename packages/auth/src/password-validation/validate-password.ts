import { nonFieldErrors, ValidationError, type ValidationMessage } from '@nuages/orm'
import { passwordValidators } from './active-validators.ts'
import type { PasswordValidator } from './password-validator.ts'

/**
 * Checks a new password by the project's rules. Throws a `ValidationError` with everything that is wrong with it. Django's
 * `validate_password`.
 */
export async function validatePassword(
  password: string,
  user?: object,
  validators: readonly PasswordValidator[] = passwordValidators(),
): Promise<void> {
  const messages: ValidationMessage[] = []
  for (const validator of validators) {
    try {
      await validator.validate(password, user)
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error
      messages.push(...Object.values(error.errors).flat())
    }
  }
  if (messages.length > 0) throw new ValidationError({ [nonFieldErrors]: messages })
}

/** The project's rules in words, one sentence each. Django's `password_validators_help_texts`. */
export function passwordValidatorsHelpTexts(validators: readonly PasswordValidator[] = passwordValidators()): string[] {
  return validators.map((validator) => validator.getHelpText())
}

/** Tells the rules that a password was stored. Called by `save()` after `setPassword()`. Django's `password_changed`. */
export async function passwordChanged(
  password: string,
  user: object,
  validators: readonly PasswordValidator[] = passwordValidators(),
): Promise<void> {
  for (const validator of validators) await validator.passwordChanged?.(password, user)
}
