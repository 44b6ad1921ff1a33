import { AbstractUser, UserManager } from 'nuages/auth'
import { email } from 'nuages/orm'

/** Who has an account here. They log in with their address; there are no usernames. */
export class User extends AbstractUser({
  username: null,
  email: email({ unique: true, verboseName: 'email address' }),
}) {
  static objects = new UserManager(User)
}
