import {
  type CurrentUser,
  cleanOwnPassword,
  longestPassword,
  type OwnPasswordForm,
  omitMissingPassword,
} from '@nuages/auth'
import { char, Form, type FormOptions, PasswordInput } from '@nuages/forms'
import type { TooManyRequests } from '@nuages/http'
import { gettext } from '@nuages/i18n'

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

/** Asks who is logged in for their password, before what matters; who has none is asked for nothing. */
export class PasswordForm extends Form({ password: passwordField }) implements OwnPasswordForm {
  readonly user: CurrentUser
  refusal: TooManyRequests | undefined

  constructor({ user, ...options }: PasswordFormOptions) {
    super(options)
    this.user = user
    this.fields.password.label = gettext('Your password')
    omitMissingPassword(this)
  }

  async cleanPassword(password: string): Promise<string> {
    return cleanOwnPassword(this, password)
  }
}
