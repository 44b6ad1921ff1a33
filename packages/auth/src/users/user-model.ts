import { swappable } from '@nuages/orm'
import type { UserModel } from './get-user-model.ts'

/**
 * The model of users, whichever the project has, for what is declared before it is known: `foreignKey(userModel, { onDelete:
 * CASCADE })`. Once the project is set up it has all that the class has. Django's `settings.AUTH_USER_MODEL`.
 */
export const userModel: UserModel = swappable<UserModel>('authUserModel')
