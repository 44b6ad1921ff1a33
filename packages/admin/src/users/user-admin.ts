import { type User, UserCreationForm } from '@nuages/auth'
import type { HttpRequest } from '@nuages/http'
import type { FieldsetSpec } from '../options/fieldset.ts'
import type { ModelAdminOptions } from '../options/model-admin-options.ts'
import { userOf } from '../site/staff-user.ts'
import { UserForm } from './user-form.ts'
import { userPasswordView } from './user-password-view.ts'

const addFieldsets: readonly FieldsetSpec<typeof User>[] = [
  {
    description: 'First a username and a password. What else there is to say of the user comes on the next page.',
    fields: ['username', { formField: 'password1' }, { formField: 'password2' }],
  },
]

const changeFieldsets: readonly FieldsetSpec<typeof User>[] = [
  { fields: ['username', { label: 'Password', value: describePassword }] },
  { name: 'Personal info', fields: [['firstName', 'lastName'], 'email'] },
  { name: 'Permissions', fields: ['isActive', 'isStaff', 'isSuperuser', 'groups', 'userPermissions'] },
  { name: 'Important dates', fields: ['lastLogin', 'dateJoined'] },
]

function describePassword(user: User): string {
  if (!user.hasUsablePassword()) return 'None: this user cannot sign in with a password.'
  return `Set, kept as ${user.password.split('$')[0]}.`
}

/**
 * How the admin shows users; to change it, unregister `User` and register it with these options and yours. Whoever is no
 * superuser cannot make one, nor change or delete one. Django's `UserAdmin`.
 */
export const UserAdmin: ModelAdminOptions<typeof User> = {
  listDisplay: ['username', 'email', 'firstName', 'lastName', 'isStaff'],
  listFilter: ['isStaff', 'isSuperuser', 'isActive', 'groups'],
  searchFields: ['username', 'firstName', 'lastName', 'email'],
  ordering: ['username'],
  getForm: (_request, user) => (user === null ? UserCreationForm : UserForm),
  getFieldsets: (_request, user) => (user === null ? addFieldsets : changeFieldsets),
  async getReadonlyFields(request) {
    const dates = ['lastLogin', 'dateJoined'] as const
    return (await isSuperuser(request)) ? dates : [...dates, 'isSuperuser']
  },
  // Whoever may add a user may then say what the user may do.
  hasAddPermission: async (request, allowed) =>
    (await allowed()) && (await userOf(request)).hasPerm('auth.change_user'),
  hasChangePermission: mayTouch,
  hasDeletePermission: mayTouch,
  pages: { password: { label: 'Change password', permission: 'change', view: userPasswordView } },
}

async function isSuperuser(request: HttpRequest): Promise<boolean> {
  return (await userOf(request)).isSuperuser
}

async function mayTouch(request: HttpRequest, user: User | null, allowed: () => Promise<boolean>): Promise<boolean> {
  if (!(await allowed())) return false
  return !user?.isSuperuser || isSuperuser(request)
}
