import { AbstractUser, UserManager } from 'nuages/auth'
import { gettextLazy } from 'nuages/i18n'
import { email } from 'nuages/orm'

/** Who has an account here. They log in with their address; there are no usernames. */
export class User extends AbstractUser({
  username: null,
  email: email({ unique: true, verboseName: gettextLazy('email address') }),
}) {
  static objects = new UserManager(User)
}
