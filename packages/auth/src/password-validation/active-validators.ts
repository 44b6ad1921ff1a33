import { authSettings } from '../auth-settings.ts'
import { commonPasswordValidator } from './common-password.ts'
import { minimumLengthValidator } from './minimum-length.ts'
import { numericPasswordValidator } from './numeric-password.ts'
import type { PasswordValidator } from './password-validator.ts'
import { userAttributeSimilarityValidator } from './user-attribute-similarity.ts'

const defaultValidators: readonly PasswordValidator[] = [
  userAttributeSimilarityValidator(),
  minimumLengthValidator(),
  commonPasswordValidator(),
  numericPasswordValidator(),
]

/** The project's rules for new passwords. Django's `AUTH_PASSWORD_VALIDATORS`, with a default that is not empty. */
export function passwordValidators(): readonly PasswordValidator[] {
  return authSettings().passwordValidators ?? defaultValidators
}
