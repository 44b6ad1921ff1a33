import {
  type EditableName,
  type FormField,
  type FormFieldClass,
  ModelForm,
  type ModelFormClass,
  type ModelFormFields,
  type ModelFormInit,
} from '@nuages/forms'
import { gettext, gettextLazy } from '@nuages/i18n'
import { type QuerySet, ValidationError } from '@nuages/orm'
import { validatePassword } from '../password-validation/validate-password.ts'
import type { UserModel } from '../users/get-user-model.ts'
import type { User } from '../users/user.ts'
import type { UserMethods } from '../users/user-methods.ts'
import { checkSame, newPassword, passwordHelpText } from './password-fields.ts'
import { usernameFieldClasses } from './username-field.ts'

/** The password, typed twice. */
export type PasswordTwice = { readonly password1: FormField<string>; readonly password2: FormField<string> }

export interface UserCreationOptions<Name extends string> {
  /** The model's fields that the form asks for, the username among them. */
  readonly fields: readonly Name[]
}

/**
 * The class that a project's own form for new users extends: it asks for fields of the model and twice for a password.
 *
 * ```ts
 * class SignUpForm extends BaseUserCreationForm(User, { fields: ['email', 'firstName'] }) {}
 * ```
 *
 * Django's `BaseUserCreationForm`.
 */
export function BaseUserCreationForm<
  M extends { readonly prototype: object; readonly fields: object },
  const Name extends EditableName<M>,
>(model: M, { fields }: UserCreationOptions<Name>): ModelFormClass<M, ModelFormFields<M, Name, PasswordTwice>> {
  const users = model as unknown as UserModel
  const Base = ModelForm(users as unknown as typeof User, {
    fields: fields as readonly never[],
    // Asked for the first form, when the model is registered.
    get fieldClasses(): Readonly<Record<string, FormFieldClass>> {
      return usernameFieldClasses(users)
    },
    formFields: {
      password1: newPassword(gettextLazy('Password')),
      password2: newPassword(gettextLazy('Password, again')),
    },
  }) as unknown as ModelFormClass<typeof User, PasswordTwice>
  class CreationForm extends Base {
    constructor(options: ModelFormInit<User, 'password1' | 'password2'> = {}) {
      super(options)
      this.fields.password1.helpText = passwordHelpText()
    }

    cleanPassword2(password: string): string {
      checkSame(this.cleanedData.password1, password)
      return password
    }

    /** Names that differ in their case alone would be taken for one another. */
    protected async refuseTakenName(): Promise<void> {
      await refuseTaken(this as never)
    }

    /** The rules are asked last, when the row has the name that the password must not be like. */
    protected override async postClean(): Promise<void> {
      await this.refuseTakenName()
      await super.postClean()
      if (!('password2' in this.cleanedData)) return
      const { password2 } = this.cleanedData
      const user = this.instance as object as UserMethods
      try {
        await validatePassword(password2, user)
        if (this.errors.size === 0) await user.setPassword(password2)
      } catch (error) {
        if (!(error instanceof ValidationError)) throw error
        this.addError('password2', error)
      }
    }
  }
  return CreationForm as never
}

interface UserForm {
  readonly instance: { readonly pk: unknown; readonly constructor: unknown }
  readonly cleanedData: Readonly<Record<string, unknown>>
  readonly errors: ReadonlyMap<string, unknown>
  addError(field: string, error: ValidationError): void
}

async function refuseTaken(form: UserForm): Promise<void> {
  const { usernameField, objects } = form.instance.constructor as {
    readonly usernameField: string
    readonly objects: QuerySet<unknown>
  }
  if (form.errors.has(usernameField) || !Object.hasOwn(form.cleanedData, usernameField)) return
  const username = form.cleanedData[usernameField]
  if (typeof username !== 'string') return
  const taken = objects.filter({ [`${usernameField}__iexact`]: username } as never)
  const { pk } = form.instance
  const others = pk === null || pk === undefined ? taken : taken.exclude({ pk } as never)
  if (!(await others.exists())) return
  const error = new ValidationError(gettext('There is already a user with this {name}.', { name: wordsFor(form) }), {
    code: 'unique',
  })
  form.addError(usernameField, error)
}

function wordsFor({ instance }: UserForm): string {
  const { meta, usernameField } = instance.constructor as UserModel
  return meta.field(usernameField)?.verboseName ?? usernameField
}
