import type { UserLogged } from './login-signals.ts'

/** Writes down when a user logged in: a receiver of `userLoggedIn`. Django's `update_last_login`. */
export async function updateLastLogin({ user }: UserLogged): Promise<void> {
  user.lastLogin = Temporal.Now.instant().round('microsecond')
  await user.save({ updateFields: ['lastLogin'] })
}
