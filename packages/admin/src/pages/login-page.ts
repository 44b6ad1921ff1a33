import type { Frame } from './frame.ts'
import type { HiddenValue, PrintedField } from './printable.ts'

/**
 * The sign-in page, `admin/login.html`: a form that POSTs to `action`. Somebody who is signed in but no member of the staff is
 * told so, with a way to sign out.
 */
export interface LoginPage extends Frame {
  readonly page: 'login'
  readonly action: string
  /** `username` and `password`. */
  readonly fields: readonly PrintedField[]
  /** `next`, where to go afterwards. */
  readonly hidden: readonly HiddenValue[]
  /** What was wrong: printable; falsy where nothing was. */
  readonly errors: object | null
  /** The name of a signed-in user who is not allowed in; `null` for a visitor. */
  readonly deniedUser: string | null
}
