import { EmailInput, email, Form, type FormOptions } from '@nuages/forms'
import { gettext, gettextLazy } from '@nuages/i18n'
import { nonFieldErrors, ValidationError } from '@nuages/orm'
import { isSameAddress } from '../account-mail/users-of-address.ts'
import { addressOf } from '../account-tokens/password-reset-token-generator.ts'
import { currentPassword } from '../forms/password-fields.ts'
import { checkPassword } from '../hashing/passwords.ts'
import type { CurrentUser, UserModel } from '../users/get-user-model.ts'
import { normalizeEmail } from '../users/username.ts'

export interface EmailChangeFormOptions extends FormOptions<'newEmail' | 'password'> {
  readonly user: CurrentUser
}

/** Asks for an address that is to be the user's, and for their password. */
export class EmailChangeForm extends Form({
  newEmail: email({
    maxLength: 254,
    widget: new EmailInput({ autocomplete: 'email', autocapitalize: 'none', spellcheck: 'false' }),
  }),
  password: currentPassword(gettextLazy('Password')),
}) {
  readonly user: CurrentUser

  constructor({ user, ...options }: EmailChangeFormOptions) {
    super(options)
    this.user = user
    this.fields.newEmail.label = gettext('New email address')
  }

  /** In the form in which it is stored; what the model has against it is told, but not that it is taken. */
  async cleanNewEmail(address: string): Promise<string> {
    const model = this.user.constructor as unknown as UserModel
    const stored = storedAddress(model, address)
    if (isSameAddress(stored, addressOf(this.user))) {
      throw new ValidationError(gettext('This is your address already.'), { code: 'unchanged' })
    }
    await checkAddress(model, stored)
    return stored
  }

  async cleanPassword(password: string): Promise<string> {
    // Not the user's method, which may store a better hash, and so end the session.
    if (await checkPassword(password, this.user.password)) return password
    throw new ValidationError(gettext('This is not your current password.'), { code: 'password_incorrect' })
  }
}

/** An address as the project's users have it. */
function storedAddress(model: UserModel, address: string): string {
  const normal = normalizeEmail(address)
  return model.emailField === model.usernameField ? model.normalizeUsername(normal) : normal
}

/** Throws what the model has against an address by itself. */
async function checkAddress(model: UserModel, address: string): Promise<void> {
  const { emailField, meta } = model
  const exclude = meta.fields.map(({ name }) => name).filter((name) => name !== emailField)
  try {
    await new model({ [emailField]: address } as never).cleanFields({ exclude })
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error
    throw new ValidationError({ [nonFieldErrors]: Object.values(error.errors).flat() })
  }
}
