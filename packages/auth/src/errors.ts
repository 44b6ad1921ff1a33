import { NuagesError, type NuagesErrorOptions } from '@nuages/foundation'

/** A user was to be made that cannot be: without a name, or as a superuser who is none. */
export class InvalidUser extends NuagesError {
  constructor(message: string, options?: NuagesErrorOptions) {
    super('invalid-user', message, options)
  }
}

/** A password hash is in no form that the project knows, or the project has no hasher of that name. */
export class UnknownPasswordHash extends NuagesError {
  constructor(message: string, options?: NuagesErrorOptions) {
    super('unknown-password-hash', message, options)
  }
}

/** A password cannot be hashed: it is too long, or the hasher cannot read it. */
export class UnhashablePassword extends NuagesError {
  constructor(message: string, options?: NuagesErrorOptions) {
    super('unhashable-password', message, options)
  }
}

/** `login` was called in a way that cannot work. */
export class LoginError extends NuagesError {
  constructor(message: string, options?: NuagesErrorOptions) {
    super('login-error', message, options)
  }
}

/** A user was counted on where there is none. */
export class NotLoggedIn extends NuagesError {
  constructor(message: string, options?: NuagesErrorOptions) {
    super('not-logged-in', message, options)
  }
}
