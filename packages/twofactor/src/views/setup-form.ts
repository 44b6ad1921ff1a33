import {
  type CurrentUser,
  cleanOwnPassword,
  makePassword,
  omitMissingPassword,
  renewSessionAuthHash,
} from '@nuages/auth'
import { char, Form, TextInput } from '@nuages/forms'
import type { TooManyRequests } from '@nuages/http'
import { gettext } from '@nuages/i18n'
import { atomic, ValidationError } from '@nuages/orm'
import { turnOn } from '../device/second-factor.ts'
import { type PasswordFormOptions, passwordField } from './password-form.ts'

export interface SetupFormOptions extends PasswordFormOptions<'code' | 'password'> {
  /** What the QR code on the page says. */
  readonly secret: Uint8Array
}

/** Asks for a code of the app that was set up, and for the password; turns the second factor on and ends the user's sessions. */
export class SetupForm extends Form({
  code: char({
    maxLength: 64,
    widget: new TextInput({ autocomplete: 'one-time-code', inputmode: 'numeric' }),
  }),
  password: passwordField,
}) {
  readonly user: CurrentUser
  readonly #secret: Uint8Array
  refusal: TooManyRequests | undefined
  /** The user's recovery codes, once the form is valid. */
  recoveryCodes: readonly string[] = []

  constructor({ user, secret, ...options }: SetupFormOptions) {
    super(options)
    this.user = user
    this.#secret = secret
    this.fields.code.label = gettext('Code')
    this.fields.password.label = gettext('Your password')
    omitMissingPassword(this)
  }

  async cleanPassword(password: string): Promise<string> {
    return cleanOwnPassword(this, password)
  }

  override async clean(): Promise<void> {
    if (this.hasError('password')) return
    const { code, password } = this.cleanedData as { readonly code: string; readonly password?: string }
    const codes = await this.#turnOn(code, await makePassword(password ?? null))
    if (codes === undefined) {
      this.addError('code', gettext('This is not the code of the moment. Does the phone have the right time?'))
    } else {
      this.recoveryCodes = codes
    }
  }

  /** Turns it on, and ends the user's sessions, as another password would: whoever is in one has not given the second factor. */
  #turnOn(code: string, hash: string): Promise<readonly string[] | undefined> {
    return atomic(async () => {
      const codes = await turnOn(this.user, this.#secret, code)
      if (codes === undefined || (await renewSessionAuthHash(this.user, hash))) return codes
      throw new ValidationError(gettext('This is not your current password.'), { code: 'password_incorrect' })
    })
  }
}
