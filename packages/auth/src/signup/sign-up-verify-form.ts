import { Form, type FormOptions } from '@nuages/forms'
import { gettext, gettextLazy } from '@nuages/i18n'
import { ValidationError } from '@nuages/orm'
import { currentPassword } from '../forms/password-fields.ts'
import type { CurrentUser } from '../users/get-user-model.ts'
import { checkWithheldPassword } from './unverified-account.ts'

export interface SignUpVerifyFormOptions extends FormOptions<'password'> {
  readonly user: CurrentUser
  /** Whether to ask for the password: not of the browser that signed up. */
  readonly asksPassword: boolean
}

/** Confirms an address. Asks for the password, unless it is known who asks. */
export class SignUpVerifyForm extends Form({ password: currentPassword(gettextLazy('Password')) }) {
  readonly user: CurrentUser

  constructor({ user, asksPassword, ...options }: SignUpVerifyFormOptions) {
    super(options)
    this.user = user
    if (!asksPassword) delete (this.fields as Partial<typeof this.fields>).password
  }

  async cleanPassword(password: string): Promise<string> {
    if (await checkWithheldPassword(this.user, password)) return password
    throw new ValidationError(gettext('This is not the password that you signed up with.'), {
      code: 'password_incorrect',
    })
  }
}
