import type { CheckMessage } from '@nuages/foundation'
import type { ModelMeta } from '@nuages/orm'
import { authenticationBackends } from '../backends/active-backends.ts'
import { ModelBackend } from '../backends/model-backend.ts'
import { getUserModel, type UserModel } from './get-user-model.ts'
import type { UserStatics } from './user-methods.ts'

function error(id: string, label: string, message: string, hint: string): CheckMessage {
  return { level: 'error', id, message, hint, object: label }
}

/** What about the class of the project's users cannot work. Ids are Django's where the finding is. */
export function checkUserModel(): CheckMessage[] {
  const model: Partial<UserStatics> & Pick<UserModel, 'meta'> = getUserModel()
  const { meta, usernameField, requiredFields } = model
  const { label } = meta
  if (usernameField === undefined || requiredFields === undefined) {
    const message = `authUserModel names ${label}, which is no class of users.`
    return [error('auth.E105', label, message, 'Let it extend AbstractUser({ … }) or AbstractBaseUser({ … }).')]
  }
  if (!Array.isArray(requiredFields)) {
    const message = `${label}.requiredFields is ${String(requiredFields)}, not an array of names.`
    return [
      error('auth.E001', label, message, 'Name the fields that createsuperuser asks for, [] where it asks for none.'),
    ]
  }
  return [
    ...usernameOf(model as UserModel),
    ...unknownFields(model as UserModel),
    ...(meta.field(usernameField) ? uniqueness(meta, usernameField) : []),
    ...managerOf(model as UserModel),
  ]
}

function usernameOf({ meta: { label }, usernameField, requiredFields }: UserModel): CheckMessage[] {
  if (!requiredFields.includes(usernameField)) return []
  const message = `${label}.requiredFields names '${usernameField}', which createsuperuser asks for anyway.`
  return [error('auth.E002', label, message, 'Take it out.')]
}

function unknownFields({ meta, usernameField, requiredFields }: UserModel): CheckMessage[] {
  const names = {
    usernameField: [usernameField],
    requiredFields: requiredFields.filter((name) => name !== usernameField),
  }
  return Object.entries(names).flatMap(([where, list]) =>
    list
      .filter((name) => meta.field(name) === undefined)
      .map((name) =>
        error(
          'auth.E104',
          meta.label,
          `${meta.label}.${where} names '${name}', which is none of its fields.`,
          `It has ${meta.fields.map((field) => field.name).join(', ')}.`,
        ),
      ),
  )
}

/** A backend of the project's own may tell users of the same name apart. */
function uniqueness(meta: ModelMeta, usernameField: string): CheckMessage[] {
  const field = meta.field(usernameField)
  const { uniqueTogether } = meta
  if (field?.unique || uniqueTogether.some((fields) => fields.length === 1 && fields[0] === field)) return []
  const isOurs = authenticationBackends().every((backend) => backend.constructor === ModelBackend)
  const message = `${meta.label}.usernameField is '${usernameField}', which is not unique: a log-in could mean several users.`
  const found = error('auth.E003', meta.label, message, 'Give the field unique: true.')
  return [isOurs ? found : { ...found, level: 'warning', id: 'auth.W004' }]
}

function managerOf({ meta: { label, name }, objects }: UserModel): CheckMessage[] {
  const manager = objects as Partial<typeof objects> | undefined
  if (manager?.getByNaturalKey !== undefined && manager.createSuperuser !== undefined) return []
  const message = `${label}.objects is no manager of users: nobody can log in by it, nor be made by createsuperuser.`
  return [error('auth.E106', label, message, `Write static objects = new UserManager(${name}).`)]
}
