import { type FieldOptions, ModelForm, type ModelFormInit } from '@nuages/forms'
import { ValidationError } from '@nuages/orm'
import { validatePassword } from '../password-validation/validate-password.ts'
import { User } from '../users/user.ts'
import { checkSame, newPassword, passwordHelpText } from './password-fields.ts'
import { UsernameField } from './username-field.ts'

class NewUsernameField extends UsernameField {
  constructor(options: FieldOptions<never>) {
    super('username', { ...options, maxLength: 150 } as never)
  }
}

/** Makes a user of a username and a password that is typed twice. Django's `UserCreationForm`. */
export class UserCreationForm extends ModelForm(User, {
  fields: ['username'],
  fieldClasses: { username: NewUsernameField },
  formFields: { password1: newPassword('Password'), password2: newPassword('Password, again') },
}) {
  constructor(options: ModelFormInit<User, 'username' | 'password1' | 'password2'> = {}) {
    super(options)
    this.fields.password1.helpText = passwordHelpText()
  }

  /** Names that differ in their case alone would be taken for one another. */
  async cleanUsername(username: string): Promise<string> {
    if (!(await User.objects.filter({ username__iexact: username }).exists())) return username
    throw new ValidationError('There is already a user with this username.', { code: 'unique' })
  }

  cleanPassword2(password: string): string {
    checkSame(this.cleanedData.password1, password)
    return password
  }

  /** The rules are asked last, when the row has the name that the password must not be like. */
  protected override async postClean(): Promise<void> {
    await super.postClean()
    if (!('password2' in this.cleanedData)) return
    const { password2 } = this.cleanedData
    try {
      await validatePassword(password2, this.instance)
      if (this.errors.size === 0) await this.instance.setPassword(password2)
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error
      this.addError('password2', error)
    }
  }
}
