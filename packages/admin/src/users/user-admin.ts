import { getPermissionCodename, getUserModel, type User, UserCreationForm } from '@nuages/auth'
import type { HttpRequest } from '@nuages/http'
import type { ModelMeta } from '@nuages/orm'
import type { ModelAdminOptions } from '../options/model-admin-options.ts'
import { userOf } from '../site/staff-user.ts'
import { addFieldsets, changeFieldsets, userDates } from './user-fieldsets.ts'
import { UserForm } from './user-form.ts'
import { userPasswordView } from './user-password-view.ts'

/**
 * How the admin shows users; to change it, unregister `User` and register it with these options and yours. Whoever is no
 * superuser cannot make one, nor change or delete one. For a class of users of the project's own there is `userAdmin`. Django's
 * `UserAdmin`.
 */
export const UserAdmin: ModelAdminOptions<typeof User> = {
  listDisplay: ['username', 'email', 'firstName', 'lastName', 'isStaff'],
  listFilter: ['isStaff', 'isSuperuser', 'isActive', 'groups'],
  searchFields: ['username', 'firstName', 'lastName', 'email'],
  ordering: ['username'],
  getForm: (_request, user) => (user === null ? UserCreationForm : UserForm),
  getFieldsets: (_request, user) => (user === null ? addFieldsets() : changeFieldsets()),
  async getReadonlyFields(request) {
    const dates = userDates.filter((name) => getUserModel().meta.field(name) !== undefined)
    return ((await isSuperuser(request)) ? dates : [...dates, 'isSuperuser']) as never
  },
  // Whoever may add a user may then say what the user may do.
  async hasAddPermission(request, allowed) {
    if (!(await allowed())) return false
    const { meta } = getUserModel()
    return (await userOf(request)).hasPerm(`${meta.appLabel}.${getPermissionCodename('change', meta)}`)
  },
  hasChangePermission: mayTouch,
  hasDeletePermission: mayTouch,
  pages: { password: { label: 'Change password', permission: 'change', view: userPasswordView } },
}

/** A class of users, as far as the admin has to know it. */
interface AnyUserModel {
  readonly usernameField: string
  readonly meta: ModelMeta
}

/**
 * The options of `UserAdmin` for a class of users of the project's own, without what it does not have: such a class is shown with
 * them unless the project registers it with others, `admin.register(User, { ...userAdmin(User), listDisplay: ['email'] })`.
 */
export function userAdmin<M extends AnyUserModel>(model: M): ModelAdminOptions<M> {
  const { meta, usernameField } = model
  const { listDisplay, listFilter, searchFields } = UserAdmin as { readonly [name: string]: readonly string[] }
  const had = (names: readonly string[]) =>
    names
      .map((name) => (name === 'username' ? usernameField : name))
      .filter((name, at, all) => meta.member(name) !== undefined && all.indexOf(name) === at)
  return {
    ...(UserAdmin as object),
    listDisplay: had(listDisplay!),
    listFilter: had(listFilter!),
    searchFields: had(searchFields!),
    ordering: [usernameField],
  } as unknown as ModelAdminOptions<M>
}

async function isSuperuser(request: HttpRequest): Promise<boolean> {
  return (await userOf(request)).isSuperuser
}

async function mayTouch(
  request: HttpRequest,
  user: { readonly isSuperuser?: boolean } | null,
  allowed: () => Promise<boolean>,
): Promise<boolean> {
  if (!(await allowed())) return false
  return !user?.isSuperuser || isSuperuser(request)
}
