import { apps, type Settings, settings } from '@nuages/core'
import type { Register } from '@nuages/foundation'
import type { Instance } from '@nuages/orm'
import type { User } from './user.ts'

/**
 * The class of the project's users: `Register['userModel']` where it is declared, `User` otherwise. The key alone is looked at:
 * the class may be one whose fields lead back here.
 */
export type UserModel = 'userModel' extends keyof Register ? Register['userModel' & keyof Register] : typeof User

/** One of the project's users. */
export type CurrentUser = Instance<UserModel>

/** The class of the project's users, which the setting `authUserModel` names, once it is set up. Django's `get_user_model`. */
export function getUserModel(): UserModel {
  return apps.getModel((settings as Settings).authUserModel) as unknown as UserModel
}
