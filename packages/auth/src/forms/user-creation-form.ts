import type { EditableName, ModelFormClass, ModelFormFields } from '@nuages/forms'
import { getUserModel, type UserModel } from '../users/get-user-model.ts'
import { User } from '../users/user.ts'
import { BaseUserCreationForm, type PasswordTwice } from './base-user-creation-form.ts'
import { usernameFieldClasses } from './username-field.ts'

type UsernameName = 'username' & EditableName<UserModel>

const Base = BaseUserCreationForm(User, { fields: ['username'] }) as unknown as ModelFormClass<
  UserModel,
  ModelFormFields<UserModel, UsernameName, PasswordTwice>
>

/**
 * Makes one of the project's users, of a username, or what they log in with in its place, and a password that is typed twice.
 * For other fields there is `BaseUserCreationForm`. Django's `UserCreationForm`.
 */
export class UserCreationForm extends Base {
  static override get model(): UserModel {
    return getUserModel()
  }

  static override get settings(): typeof Base.settings {
    return {
      ...Base.settings,
      fields: neededFields(getUserModel()),
      fieldClasses: usernameFieldClasses(getUserModel()),
    }
  }
}

/** What a user cannot be made without. */
function neededFields({ meta, usernameField, requiredFields }: UserModel): readonly string[] {
  const needed = requiredFields.filter((name) => {
    const field = meta.field(name)
    return field !== undefined && !field.blank && !field.null && !field.hasDefault
  })
  return [usernameField, ...needed]
}
