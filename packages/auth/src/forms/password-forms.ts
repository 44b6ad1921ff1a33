import { Form, type FormOptions } from '@nuages/forms'
import type { TooManyRequests } from '@nuages/http'
import { gettextLazy } from '@nuages/i18n'
import type { CurrentUser } from '../users/get-user-model.ts'
import { cleanOwnPassword } from './own-password.ts'
import { checkNewPassword, currentPassword, newPassword, passwordHelpText } from './password-fields.ts'

/** What forms about a user's password are made with. */
export interface PasswordFormOptions<Name extends string = string> extends FormOptions<Name> {
  /** Whose password it is. */
  readonly user: CurrentUser
}

const newPasswords = {
  newPassword1: newPassword(gettextLazy('New password')),
  newPassword2: newPassword(gettextLazy('New password, again')),
}

/** Asks twice for a new password. Django's `SetPasswordForm`. */
export class SetPasswordForm extends Form(newPasswords) {
  readonly user: CurrentUser

  constructor({ user, ...options }: PasswordFormOptions<'newPassword1' | 'newPassword2'>) {
    super(options)
    this.user = user
    this.fields.newPassword1.helpText = passwordHelpText()
  }

  async cleanNewPassword2(password: string): Promise<string> {
    await checkNewPassword(this.cleanedData.newPassword1, password, this.user)
    return password
  }

  /** Gives the user the password; with `commit: false` it is stored when they are saved. */
  async save({ commit = true }: { readonly commit?: boolean } = {}): Promise<CurrentUser> {
    return storePassword(this.user, this.cleanedData.newPassword1, commit)
  }
}

/** Asks for the password that a user has, and twice for a new one. Django's `PasswordChangeForm`. */
export class PasswordChangeForm extends Form({
  oldPassword: currentPassword(gettextLazy('Current password')),
  ...newPasswords,
}) {
  readonly user: CurrentUser
  /** Why nothing was looked at, where there were too many attempts. */
  refusal: TooManyRequests | undefined

  constructor({ user, ...options }: PasswordFormOptions<'oldPassword' | 'newPassword1' | 'newPassword2'>) {
    super(options)
    this.user = user
    this.fields.newPassword1.helpText = passwordHelpText()
  }

  async cleanOldPassword(password: string): Promise<string> {
    return cleanOwnPassword(this, password)
  }

  async cleanNewPassword2(password: string): Promise<string> {
    await checkNewPassword(this.cleanedData.newPassword1, password, this.user)
    return password
  }

  /** Gives the user the password; with `commit: false` it is stored when they are saved. */
  async save({ commit = true }: { readonly commit?: boolean } = {}): Promise<CurrentUser> {
    return storePassword(this.user, this.cleanedData.newPassword1, commit)
  }
}

/** Asks twice for the password of another user, whose own is not known. Django's `AdminPasswordChangeForm`. */
export class AdminPasswordChangeForm extends Form({
  password1: newPassword(gettextLazy('Password')),
  password2: newPassword(gettextLazy('Password, again')),
}) {
  readonly user: CurrentUser

  constructor({ user, ...options }: PasswordFormOptions<'password1' | 'password2'>) {
    super(options)
    this.user = user
    this.fields.password1.helpText = passwordHelpText()
  }

  async cleanPassword2(password: string): Promise<string> {
    await checkNewPassword(this.cleanedData.password1, password, this.user)
    return password
  }

  /** Gives the user the password; with `commit: false` it is stored when they are saved. */
  async save({ commit = true }: { readonly commit?: boolean } = {}): Promise<CurrentUser> {
    return storePassword(this.user, this.cleanedData.password1, commit)
  }
}

async function storePassword(user: CurrentUser, password: string, commit: boolean): Promise<CurrentUser> {
  await user.setPassword(password)
  // That alone: a form may take minutes to arrive, and what an administrator has taken away meanwhile stays away.
  if (commit) await user.save({ updateFields: ['password'] })
  return user
}
