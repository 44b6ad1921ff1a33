import { AbstractUser, UserManager } from '@nuages/auth'
import { char, email, reverse } from '@nuages/orm'
import { Note } from '../notes/models.ts'

/** Logs in with an address; there are no usernames. */
export class Member extends AbstractUser({
  username: null,
  email: email({ unique: true, verboseName: 'email address' }),
  phone: char({ maxLength: 20, blank: true, default: '' }),
  get notes() {
    return reverse(Note, 'author')
  },
}) {
  static objects = new UserManager(Member)
}
