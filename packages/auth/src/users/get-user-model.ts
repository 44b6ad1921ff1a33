import { apps, type Settings, settings } from '@nuages/core'
import type { Register } from '@nuages/foundation'
import type { Instance } from '@nuages/orm'
import type { User } from './user.ts'

/** What is declared under a key. The key alone is looked at: a class of users may have fields that lead back here. */
type Declared<All, Key extends string, Otherwise> = Key extends keyof All ? All[Key] : Otherwise

/** The class of the project's users: `Register['userModel']` where it is declared, `User` otherwise. */
export type UserModel = Declared<Register, 'userModel', typeof User>

/** One of the project's users. */
export type CurrentUser = Instance<UserModel>

/** The class of the project's users, which the setting `authUserModel` names, once it is set up. Django's `get_user_model`. */
export function getUserModel(): UserModel {
  return apps.getModel((settings as Settings).authUserModel) as unknown as UserModel
}
