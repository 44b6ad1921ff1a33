import { TooManyRequests } from '@nuages/http'
import { gettext } from '@nuages/i18n'
import { ValidationError } from '@nuages/orm'
import { checkOwnPassword } from '../login/check-own-password.ts'
import type { CurrentUser } from '../users/get-user-model.ts'
import { tooManyAttempts } from './too-many-attempts.ts'

/** A form in which who is logged in gives their password once more. */
export interface OwnPasswordForm {
  readonly user: CurrentUser
  /** Why nothing was looked at, where there were too many attempts. */
  refusal: TooManyRequests | undefined
}

/**
 * What the `clean…` method of the field does: gives the password back, or throws `ValidationError`, with the code
 * `password_incorrect` or `too_many_attempts`. See `checkOwnPassword`.
 */
export async function cleanOwnPassword(form: OwnPasswordForm, password: string): Promise<string> {
  try {
    if (await checkOwnPassword(form.user, password)) return password
  } catch (error) {
    if (!(error instanceof TooManyRequests)) throw error
    form.refusal = error
    throw tooManyAttempts(error)
  }
  throw new ValidationError(gettext('This is not your current password.'), { code: 'password_incorrect' })
}

/** Takes the field `password` out where the user has none: their log-in has to be a recent one instead (`logInAgain`). */
export function omitMissingPassword(form: { readonly user: CurrentUser; readonly fields: object }): void {
  if (!form.user.hasUsablePassword()) delete (form.fields as { password?: unknown }).password
}
