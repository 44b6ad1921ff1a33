import { Form, type FormOptions, TextInput } from '@nuages/forms'
import { type HttpRequest, TooManyRequests } from '@nuages/http'
import { gettext, gettextLazy } from '@nuages/i18n'
import { ValidationError } from '@nuages/orm'
import { authenticate } from '../login/authenticate.ts'
import { type CurrentUser, getUserModel } from '../users/get-user-model.ts'
import { currentPassword } from './password-fields.ts'
import { tooManyAttempts } from './too-many-attempts.ts'
import { UsernameField } from './username-field.ts'

export interface AuthenticationFormOptions extends FormOptions<'username' | 'password'> {
  /** Whose log-in it is; handed to the backends. */
  readonly request?: HttpRequest
}

/** Asks for a username and a password, and knows the user once it is valid. Django's `AuthenticationForm`. */
export class AuthenticationForm extends Form({
  username: new UsernameField('username', { widget: new TextInput({ autofocus: true }) }),
  password: currentPassword(gettextLazy('Password')),
}) {
  readonly request: HttpRequest | undefined
  #user: CurrentUser | null = null
  #refusal: TooManyRequests | undefined

  constructor({ request, ...options }: AuthenticationFormOptions = {}) {
    super(options)
    this.request = request
    const { meta, usernameField, emailField } = getUserModel()
    const field = meta.field(usernameField)
    // No input for addresses: browsers refuse some that are.
    const { widget } = this.fields.username
    if (usernameField === emailField) widget.attrs = { ...widget.attrs, inputmode: 'email' }
    const { verboseName = usernameField } = field ?? {}
    // Before anything is done with it: a name that no user can have may be very long.
    this.fields.username.maxLength = (field as { readonly maxLength?: number } | undefined)?.maxLength
    this.fields.username.label = verboseName.charAt(0).toUpperCase() + verboseName.slice(1)
  }

  override async clean(): Promise<void> {
    const { username, password } = this.cleanedData
    const user = await this.#authenticate(getUserModel().normalizeUsername(username), password)
    if (user === null) throw this.invalidLogin()
    this.confirmLoginAllowed(user)
    this.#user = user
  }

  async #authenticate(username: string, password: string): Promise<CurrentUser | null> {
    try {
      return await authenticate(this.request, { username, password })
    } catch (error) {
      if (!(error instanceof TooManyRequests)) throw error
      this.#refusal = error
      throw tooManyAttempts(error)
    }
  }

  /** Why nobody was asked for, where there were too many attempts: the page is answered with its status then. */
  get refusal(): TooManyRequests | undefined {
    return this.#refusal
  }

  /** Throws `ValidationError` where a user whose password is right may not log in all the same. An override says when. */
  confirmLoginAllowed(user: CurrentUser): void {
    if (!user.isActive) throw new ValidationError(gettext('This account is not active.'), { code: 'inactive' })
  }

  /** The user, once `isValid()` has answered true. */
  getUser(): CurrentUser | null {
    return this.#user
  }

  /** The same words whether there is such a user or not. */
  protected invalidLogin(): ValidationError {
    const { usernameField, emailField } = getUserModel()
    const name = this.get('username').label.toLowerCase()
    const message =
      usernameField === emailField
        ? gettext('That {name} and password do not match. Mind upper and lower case in the password.', { name })
        : gettext('That {name} and password do not match. Mind upper and lower case in both.', { name })
    return new ValidationError(message, { code: 'invalid_login' })
  }
}
