import type { Frame, ModelFrame } from './frame.ts'
import type { PrintedField } from './printable.ts'

/** Changing one's own password, `admin/password_change.html`; `done` after it was changed. */
export interface PasswordChangePage extends Frame {
  readonly page: 'password-change'
  readonly action: string
  readonly fields: readonly PrintedField[]
  /** Errors of the form as a whole: printable; falsy where there are none. */
  readonly errors: object | null
  readonly done: boolean
}

/** Setting the password of another user, `admin/auth/user/change_password.html`. */
export interface UserPasswordPage extends Frame {
  readonly page: 'user-password'
  readonly model: ModelFrame
  readonly object: { readonly key: string; readonly label: string; readonly url: string }
  readonly action: string
  readonly fields: readonly PrintedField[]
  readonly errors: object | null
}
