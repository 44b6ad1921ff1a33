import { authenticate, type CurrentUser, longestPassword } from '@nuages/auth'
import { char, Form, type FormOptions, PasswordInput } from '@nuages/forms'
import { type HttpRequest, TooManyRequests } from '@nuages/http'
import { gettext } from '@nuages/i18n'
import { ValidationError } from '@nuages/orm'
import { tooManyAttempts } from './too-many-attempts.ts'

export interface PasswordFormOptions<Name extends string = 'password'> extends FormOptions<Name> {
  readonly request: HttpRequest
  /** Whose password it is. */
  readonly user: CurrentUser
}

/** A field for the password of who is logged in. */
export const passwordField = char({
  strip: false,
  maxLength: longestPassword,
  widget: new PasswordInput({ autocomplete: 'current-password' }),
})

/** What `checkOwnPassword` needs of a form. */
interface OwnPasswordForm {
  readonly request: HttpRequest
  readonly user: CurrentUser
  refusal: TooManyRequests | undefined
}

/**
 * Throws `ValidationError` where the password is not the user's. It is counted like a log-in: a session that somebody took
 * over is no way to guess it.
 */
export async function checkOwnPassword(form: OwnPasswordForm, password: string): Promise<void> {
  const { request, user } = form
  let found: object | null
  try {
    found = await authenticate(request, { username: user.getUsername(), password })
  } catch (error) {
    if (!(error instanceof TooManyRequests)) throw error
    form.refusal = error
    throw tooManyAttempts(error)
  }
  if (found !== null && (found as CurrentUser).pk === user.pk) return
  throw new ValidationError(gettext('This is not your password.'), { code: 'password_incorrect' })
}

/** Asks who is logged in for their password, before what matters; who has none is asked for nothing. */
export class PasswordForm extends Form({ password: passwordField }) {
  readonly request: HttpRequest
  readonly user: CurrentUser
  refusal: TooManyRequests | undefined

  constructor({ request, user, ...options }: PasswordFormOptions) {
    super(options)
    this.request = request
    this.user = user
    this.fields.password.label = gettext('Your password')
    if (!user.hasUsablePassword()) delete (this.fields as Partial<typeof this.fields>).password
  }

  async cleanPassword(password: string): Promise<string> {
    await checkOwnPassword(this, password)
    return password
  }
}
