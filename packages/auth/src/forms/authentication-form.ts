import { Form, type FormOptions, TextInput } from '@nuages/forms'
import type { HttpRequest } from '@nuages/http'
import { ValidationError } from '@nuages/orm'
import { authenticate } from '../login/authenticate.ts'
import { type CurrentUser, getUserModel } from '../users/get-user-model.ts'
import { currentPassword } from './password-fields.ts'
import { UsernameField } from './username-field.ts'

export interface AuthenticationFormOptions extends FormOptions<'username' | 'password'> {
  /** Whose log-in it is; handed to the backends. */
  readonly request?: HttpRequest
}

/** Asks for a username and a password, and knows the user once it is valid. Django's `AuthenticationForm`. */
export class AuthenticationForm extends Form({
  username: new UsernameField('username', { widget: new TextInput({ autofocus: true }) }),
  password: currentPassword('Password'),
}) {
  readonly request: HttpRequest | undefined
  #user: CurrentUser | null = null

  constructor({ request, ...options }: AuthenticationFormOptions = {}) {
    super(options)
    this.request = request
    const { meta, usernameField } = getUserModel()
    const field = meta.field(usernameField)
    const { verboseName = usernameField } = field ?? {}
    // Before anything is done with it: a name that no user can have may be very long.
    this.fields.username.maxLength = (field as { readonly maxLength?: number } | undefined)?.maxLength
    this.fields.username.label = verboseName.charAt(0).toUpperCase() + verboseName.slice(1)
  }

  override async clean(): Promise<void> {
    const { username, password } = this.cleanedData
    const user = await authenticate(this.request, {
      username: getUserModel().normalizeUsername(username),
      password,
    })
    if (user === null) throw this.invalidLogin()
    this.confirmLoginAllowed(user)
    this.#user = user
  }

  /** Throws `ValidationError` where a user whose password is right may not log in all the same. An override says when. */
  confirmLoginAllowed(user: CurrentUser): void {
    if (!user.isActive) throw new ValidationError('This account is not active.', { code: 'inactive' })
  }

  /** The user, once `isValid()` has answered true. */
  getUser(): CurrentUser | null {
    return this.#user
  }

  /** The same words whether there is such a user or not. */
  protected invalidLogin(): ValidationError {
    const name = this.get('username').label.toLowerCase()
    return new ValidationError(`That ${name} and password do not match. Mind upper and lower case in both.`, {
      code: 'invalid_login',
    })
  }
}
