import { auto } from '@nuages/orm'
import { AbstractUser } from './abstract-user.ts'
import { UserManager } from './user-manager.ts'

/** Somebody with an account, where the project has no users of its own. Django's `User`, in its table. */
export class User extends AbstractUser({ id: auto({ primaryKey: true }) }, { swappable: 'authUserModel' }) {
  static objects = new UserManager(User)
}
