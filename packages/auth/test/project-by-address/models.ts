import { char, email } from '@nuages/orm'
import { AbstractUser, UserManager } from '../../src/index.ts'

/** Logs in with an address. */
export class Person extends AbstractUser({
  username: null,
  email: email({ unique: true, verboseName: 'email address' }),
  phone: char({ maxLength: 20, blank: true, default: '' }),
}) {
  static objects = new UserManager(Person)
}
