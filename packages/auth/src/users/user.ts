import { auto } from '@nuages/orm'
import { AbstractUser } from './abstract-user.ts'
import { UserManager } from './user-manager.ts'

/** Somebody with an account. Django's `User`, in its table. */
export class User extends AbstractUser({ id: auto({ primaryKey: true }) }) {
  static objects = new UserManager(User)
}
