import { type CurrentUser, checkPassword, getUserModel, longestPassword, tooManyAttempts } from '@nuages/auth'
import { fromSettings } from '@nuages/core'
import { char, Form, type FormOptions, PasswordInput } from '@nuages/forms'
import { TooManyRequests } from '@nuages/http'
import { gettext } from '@nuages/i18n'
import { ValidationError } from '@nuages/orm'
import { RateLimiter } from '@nuages/ratelimit'

export interface PasswordFormOptions<Name extends string = 'password'> extends FormOptions<Name> {
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
  readonly user: CurrentUser
  refusal: TooManyRequests | undefined
}

/** As many as a log-in allows of one client for one account. */
const guesses = fromSettings(() => new RateLimiter({ scope: 'twofactor-password', rate: '10/10m' }))

/**
 * Throws `ValidationError` where the password is not the user's. Guesses are counted: a session that somebody took over is no
 * way to find it out.
 */
export async function checkOwnPassword(form: OwnPasswordForm, password: string): Promise<void> {
  const key = String(form.user.pk)
  const { allowed, retryAfter } = await guesses().hit(key)
  if (!allowed) {
    form.refusal = new TooManyRequests('Too many passwords were tried.', { retryAfter })
    throw tooManyAttempts(form.refusal)
  }
  // Not the method of users: it may make the hash anew, which would end this session.
  if (!((await hasStill(form.user)) && (await checkPassword(password, form.user.password)))) {
    throw new ValidationError(gettext('This is not your password.'), { code: 'password_incorrect' })
  }
  await guesses().reset(key)
}

/** Whether the password is the one of when the user was read: the form may have taken minutes to arrive. */
function hasStill({ pk, password }: CurrentUser): Promise<boolean> {
  return getUserModel()
    .objects.filter({ pk, password } as never)
    .exists()
}

/** Asks who is logged in for their password, before what matters; who has none is asked for nothing. */
export class PasswordForm extends Form({ password: passwordField }) {
  readonly user: CurrentUser
  refusal: TooManyRequests | undefined

  constructor({ user, ...options }: PasswordFormOptions) {
    super(options)
    this.user = user
    this.fields.password.label = gettext('Your password')
    if (!user.hasUsablePassword()) delete (this.fields as Partial<typeof this.fields>).password
  }

  async cleanPassword(password: string): Promise<string> {
    await checkOwnPassword(this, password)
    return password
  }
}
