import { apps } from '@nuages/core'
import type { Register } from '@nuages/foundation'
import type { Instance } from '@nuages/orm'
import type { User } from './user.ts'

/** The class of the project's users: `Register['userModel']` where it is declared, `User` otherwise. */
export type UserModel = Register extends { userModel: infer Model } ? Model : typeof User

/** One of the project's users. */
export type CurrentUser = Instance<UserModel>

const label = 'auth.User'

/** The class of the project's users, once it is set up. Django's `get_user_model`. */
export function getUserModel(): UserModel {
  return apps.getModel(label) as unknown as UserModel
}
