import { EmailInput, email, Form, type FormOptions } from '@nuages/forms'
import type { TooManyRequests } from '@nuages/http'
import { gettext, gettextLazy } from '@nuages/i18n'
import { nonFieldErrors, ValidationError } from '@nuages/orm'
import { isSameAddress } from '../account-mail/users-of-address.ts'
import { addressOf } from '../account-tokens/password-reset-token-generator.ts'
import { cleanOwnPassword, omitMissingPassword } from '../forms/own-password.ts'
import { currentPassword } from '../forms/password-fields.ts'
import type { CurrentUser, UserModel } from '../users/get-user-model.ts'
import { normalizeEmail } from '../users/username.ts'

export interface EmailChangeFormOptions extends FormOptions<'newEmail' | 'password'> {
  readonly user: CurrentUser
}

/** Asks for an address that is to be the user's, and for their password if they have one. */
export class EmailChangeForm extends Form({
  newEmail: email({
    maxLength: 254,
    widget: new EmailInput({ autocomplete: 'email', autocapitalize: 'none', spellcheck: 'false' }),
  }),
  password: currentPassword(gettextLazy('Password')),
}) {
  readonly user: CurrentUser
  /** Why nothing was looked at, where there were too many attempts. */
  refusal: TooManyRequests | undefined

  constructor({ user, ...options }: EmailChangeFormOptions) {
    super(options)
    this.user = user
    this.fields.newEmail.label = gettext('New email address')
    omitMissingPassword(this)
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
    return cleanOwnPassword(this, password)
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
