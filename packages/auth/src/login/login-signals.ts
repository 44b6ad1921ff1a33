import { Signal } from '@nuages/foundation'
import type { HttpRequest } from '@nuages/http'
import type { Credentials } from '../backends/authentication-backend.ts'
import type { CurrentUser } from '../users/get-user-model.ts'

/** Somebody who logged in or out. */
export interface UserLogged {
  readonly request: HttpRequest
  readonly user: CurrentUser
}

/** A log-in that failed. */
export interface LoginFailed {
  readonly request: HttpRequest | undefined
  /** What was given, with passwords and the like masked. */
  readonly credentials: Credentials
  /** Where nothing was checked, since passwords were guessed too often: the seconds until one will be again. */
  readonly retryAfter?: number | undefined
}

/** Sent by `login`. Django's `user_logged_in`. */
export const userLoggedIn: Signal<UserLogged> = new Signal('userLoggedIn')

/** Sent by `logout`, before the session ends, where somebody was logged in. Django's `user_logged_out`. */
export const userLoggedOut: Signal<UserLogged> = new Signal('userLoggedOut')

/** Sent by `authenticate` where no backend knows the credentials, or none was asked. Django's `user_login_failed`. */
export const userLoginFailed: Signal<LoginFailed> = new Signal('userLoginFailed')
