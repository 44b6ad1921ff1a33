import type { HttpRequest } from '@nuages/http'
import { FieldValueError, ObjectDoesNotExist, Q } from '@nuages/orm'
import { spendHashingTime } from '../hashing/passwords.ts'
import { type CurrentUser, getUserModel } from '../users/get-user-model.ts'
import { type Group, Permission } from '../users/permission.ts'
import type { AuthenticationBackend, Credentials, PermissionUser } from './authentication-backend.ts'

type PermissionSets = {
  user?: Promise<ReadonlySet<string>>
  group?: Promise<ReadonlySet<string>>
  all?: Promise<ReadonlySet<string>>
}

/** What was found out, for as long as the user's object lives: that is for one request. */
const found = new WeakMap<object, PermissionSets>()

const none: ReadonlySet<string> = new Set()

/**
 * Users and their permissions as the database has them: who logs in has a username and a password, and may do what they,
 * or one of their groups, are permitted; a superuser may do everything. Django's `ModelBackend`.
 */
export class ModelBackend implements AuthenticationBackend {
  /** Django's own, so that a session means the same to both. A backend that extends this one has a name of its own. */
  readonly name: string = 'django.contrib.auth.backends.ModelBackend'

  async authenticate(_request: HttpRequest | undefined, credentials: Credentials): Promise<CurrentUser | null> {
    const { usernameField } = getUserModel()
    const { password, username = credentials[usernameField] } = credentials
    if (typeof username !== 'string' || typeof password !== 'string') return null
    const user = await this.findUser(username)
    if (user === null) {
      await spendHashingTime()
      return null
    }
    return (await user.checkPassword(password)) && this.userCanAuthenticate(user) ? user : null
  }

  async getUser(id: string): Promise<CurrentUser | null> {
    const { meta, objects } = getUserModel()
    const user = await orNull(async () => objects.get({ pk: meta.pk.parse(id) } as never))
    return user !== null && this.userCanAuthenticate(user) ? user : null
  }

  /** The user of a username. */
  protected findUser(username: string): Promise<CurrentUser | null> {
    return orNull(() => getUserModel().objects.getByNaturalKey(username))
  }

  /** Whether a user may be logged in at all: one that is not active may not. */
  userCanAuthenticate(user: CurrentUser): boolean {
    return user.isActive
  }

  async getUserPermissions(user: PermissionUser, object?: object): Promise<ReadonlySet<string>> {
    return this.#permissions(user, object, 'user', (own) => Permission.objects.filter({ id__in: ofUser(own) }))
  }

  async getGroupPermissions(user: PermissionUser, object?: object): Promise<ReadonlySet<string>> {
    return this.#permissions(user, object, 'group', (own) => Permission.objects.filter({ id__in: ofGroups(own) }))
  }

  /** Both, in one query for the life of the user's object. */
  async getAllPermissions(user: PermissionUser, object?: object): Promise<ReadonlySet<string>> {
    return this.#permissions(user, object, 'all', (own) =>
      Permission.objects.filter(Q({ id__in: ofUser(own) }).or({ id__in: ofGroups(own) })),
    )
  }

  async hasPerm(user: PermissionUser, permission: string, object?: object): Promise<boolean> {
    return user.isActive && (await this.getAllPermissions(user, object)).has(permission)
  }

  async hasModulePerms(user: PermissionUser, appLabel: string): Promise<boolean> {
    if (!user.isActive) return false
    for (const permission of await this.getAllPermissions(user)) if (permission.startsWith(`${appLabel}.`)) return true
    return false
  }

  /** This backend knows nothing of single objects: what is asked of one is not permitted. */
  #permissions(
    user: PermissionUser,
    object: object | undefined,
    kind: keyof PermissionSets,
    rows: (user: PermittedUser) => typeof Permission.objects,
  ): Promise<ReadonlySet<string>> {
    if (!user.isAuthenticated || !user.isActive || object !== undefined) return Promise.resolve(none)
    const own: object = user
    if (!isPermitted(own)) return Promise.resolve(none)
    const sets = found.get(own) ?? {}
    found.set(own, sets)
    sets[kind] ??= namesOf(own.isSuperuser ? Permission.objects.all() : rows(own), () => delete sets[kind])
    return sets[kind]
  }
}

async function namesOf(rows: typeof Permission.objects, forget: () => void): Promise<ReadonlySet<string>> {
  try {
    const pairs = await rows.orderBy().valuesList('contentType__appLabel', 'codename')
    return new Set(pairs.map(([appLabel, codename]) => `${appLabel}.${codename}`))
  } catch (error) {
    forget()
    throw error
  }
}

/** A user with the fields of `permissionsMixin`; a class of users may do without. */
interface PermittedUser {
  readonly isSuperuser: boolean
  readonly userPermissions: typeof Permission.objects
  readonly groups: typeof Group.objects
}

function isPermitted(user: object): user is PermittedUser {
  return 'userPermissions' in user && 'groups' in user
}

function ofUser(user: PermittedUser) {
  return user.userPermissions.all().valuesList('id', { flat: true })
}

function ofGroups(user: PermittedUser) {
  return user.groups.all().valuesList('permissions', { flat: true })
}

/** What is found; `null` where there is nothing, or what was looked for cannot be there. */
async function orNull<T>(find: () => Promise<T>): Promise<T | null> {
  try {
    return await find()
  } catch (error) {
    if (error instanceof ObjectDoesNotExist || error instanceof FieldValueError) return null
    throw error
  }
}
