import { Signal } from '@nuages/foundation'
import type { UserLogged } from '../login/login-signals.ts'

/**
 * Sent when somebody has signed up: their address is confirmed, where the project wants that, and they are about to be logged
 * in. The place to give a new user what they start with.
 */
export const userSignedUp: Signal<UserLogged> = new Signal('userSignedUp')
