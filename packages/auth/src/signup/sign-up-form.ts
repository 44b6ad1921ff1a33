import type { EditableName, FormField, ModelFormClass, ModelFormFields, ModelFormInit } from '@nuages/forms'
import { ValidationError } from '@nuages/orm'
import { authSettings } from '../auth-settings.ts'
import { BaseUserCreationForm, type PasswordTwice, type UserCreationOptions } from '../forms/base-user-creation-form.ts'
import { usernameFieldClasses } from '../forms/username-field.ts'
import { type CurrentUser, getUserModel, type UserModel } from '../users/get-user-model.ts'
import { User } from '../users/user.ts'
import { withholdPassword } from './unverified-account.ts'

/**
 * The class that a project's own form to sign up extends: it asks for fields of the model, the address among them, and twice
 * for a password. Where addresses are confirmed, the form does not say that one is taken, and the password is withheld.
 *
 * ```ts
 * class JoinForm extends BaseSignUpForm(User, { fields: ['email', 'firstName'] }) {}
 * path('join/', SignUpView.asView({ formClass: JoinForm }), 'signup')
 * ```
 */
export function BaseSignUpForm<
  M extends { readonly prototype: object; readonly fields: object },
  const Name extends EditableName<M>,
>(model: M, options: UserCreationOptions<Name>): ModelFormClass<M, ModelFormFields<M, Name, PasswordTwice>> {
  const Base = BaseUserCreationForm(model as never, options as never) as unknown as ModelFormClass<
    typeof User,
    PasswordTwice
  >
  class BaseForm extends Base {
    constructor(init: ModelFormInit<User, 'password1' | 'password2'> = {}) {
      super(init)
      const { emailField, usernameField } = this.instance.constructor as unknown as UserModel
      const field = (this.fields as Readonly<Record<string, FormField>>)[emailField]
      if (field === undefined) return
      field.required = true
      field.widget.attrs = { ...field.widget.attrs, autocomplete: emailField === usernameField ? 'username' : 'email' }
    }

    /** That an address is taken is told by a mail to it. */
    protected override validationExclusions(): string[] {
      const { emailField } = this.instance.constructor as unknown as UserModel
      return authSettings().signup.verifyEmail
        ? [...super.validationExclusions(), emailField]
        : super.validationExclusions()
    }

    protected async refuseTakenName(): Promise<void> {
      const { usernameField, emailField } = this.instance.constructor as unknown as UserModel
      if (usernameField === emailField && authSettings().signup.verifyEmail) return
      await (Base.prototype as unknown as { refuseTakenName(): Promise<void> }).refuseTakenName.call(this)
    }

    protected override async postClean(): Promise<void> {
      await super.postClean()
      if (!authSettings().signup.verifyEmail) return
      await this.#checkAddress()
      if (this.errors.size > 0) return
      await withholdPassword(this.instance as unknown as CurrentUser, this.cleanedData.password2)
    }

    /** What the model has against an address, apart from its being taken. */
    async #checkAddress(): Promise<void> {
      const { emailField, meta } = this.instance.constructor as unknown as UserModel
      if (this.errors.has(emailField)) return
      try {
        await this.instance.cleanFields({
          exclude: meta.fields.map(({ name }) => name).filter((name) => name !== emailField),
        })
      } catch (error) {
        if (!(error instanceof ValidationError)) throw error
        this.addError(emailField as never, error)
      }
    }
  }
  return BaseForm as never
}

type SignUpName = ('username' | 'email') & EditableName<UserModel>

const Base = BaseSignUpForm(User, { fields: ['username', 'email'] }) as unknown as ModelFormClass<
  UserModel,
  ModelFormFields<UserModel, SignUpName, PasswordTwice>
>

/** Makes one of the project's users, of what they log in with, their address, what else they cannot do without, and a password. */
export class SignUpForm extends Base {
  static override get model(): UserModel {
    return getUserModel()
  }

  static override get settings(): typeof Base.settings {
    const model = getUserModel()
    return { ...Base.settings, fields: neededFields(model), fieldClasses: usernameFieldClasses(model) }
  }
}

function neededFields({ meta, usernameField, emailField, requiredFields }: UserModel): readonly string[] {
  const needed = requiredFields.filter((name) => {
    const field = meta.field(name)
    return field !== undefined && !field.blank && !field.null && !field.hasDefault
  })
  const address = meta.field(emailField) === undefined ? [] : [emailField]
  return [...new Set([usernameField, ...address, ...needed])]
}
