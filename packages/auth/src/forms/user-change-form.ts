import { type EditableName, ModelForm, type ModelFormClass, type ModelFormFields } from '@nuages/forms'
import { getUserModel, type UserModel } from '../users/get-user-model.ts'
import { User } from '../users/user.ts'
import { usernameFieldClasses } from './username-field.ts'

type ChangedName = Exclude<EditableName<UserModel>, 'password'>

const Base = ModelForm(User, { fields: 'all', exclude: ['password'] }) as unknown as ModelFormClass<
  UserModel,
  ModelFormFields<UserModel, ChangedName, {}>
>

/** Changes one of the project's users in everything but the password. Django's `UserChangeForm`. */
export class UserChangeForm extends Base {
  static override get model(): UserModel {
    return getUserModel()
  }

  static override get settings(): typeof Base.settings {
    return { ...Base.settings, fieldClasses: usernameFieldClasses(getUserModel()) }
  }
}
