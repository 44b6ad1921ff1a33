import { User, UsernameField } from '@nuages/auth'
import { type FieldOptions, ModelForm } from '@nuages/forms'

class StoredUsernameField extends UsernameField {
  constructor(options: FieldOptions<never>) {
    super('username', { ...options, maxLength: 150 } as never)
  }
}

/** What of a user is changed in the admin; the password has a page of its own. Django's `UserChangeForm`. */
export class UserForm extends ModelForm(User, {
  fields: 'all',
  exclude: ['password'],
  fieldClasses: { username: StoredUsernameField },
}) {}
