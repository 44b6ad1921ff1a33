import { getUserModel, type User, UserCreationForm, type UserMethods } from '@nuages/auth'
import type { FieldsetSpec } from '../options/fieldset.ts'
import { UserForm } from './user-form.ts'

/** Names that the project's users may have, under the headings that Django gives them. */
const personal = ['firstName', 'lastName', 'email']
const permissions = ['isActive', 'isStaff', 'isSuperuser', 'groups', 'userPermissions']
export const userDates: readonly string[] = ['lastLogin', 'dateJoined']

/** What a new user is made of; what else there is to say comes on the next page. */
export function addFieldsets(): readonly FieldsetSpec<typeof User>[] {
  const { meta, usernameField } = getUserModel()
  const label = meta.field(usernameField)?.verboseName ?? usernameField
  const items = [...UserCreationForm.settings.fields, { formField: 'password1' }, { formField: 'password2' }]
  return [
    {
      description: `First the ${label} and a password. What else there is to say of the user comes on the next page.`,
      fields: items as never,
    },
  ]
}

/** All that is edited of a user: what the project's own class has beside Django's stands with what is personal. */
export function changeFieldsets(): readonly FieldsetSpec<typeof User>[] {
  const { meta, usernameField } = getUserModel()
  const known = [usernameField, ...personal, ...permissions, ...userDates]
  const own = Object.keys(UserForm.baseFields).filter((name) => !known.includes(name))
  const has = (name: string) => name !== usernameField && meta.member(name) !== undefined
  const names = personal.filter(has)
  const side = names.filter((name) => name !== 'email')
  const groups = [
    { fields: [usernameField, { label: 'Password', value: describePassword }] },
    {
      name: 'Personal info',
      fields: [...(side.length > 1 ? [side] : side), ...names.filter((name) => name === 'email'), ...own],
    },
    { name: 'Permissions', fields: permissions.filter(has) },
    { name: 'Important dates', fields: userDates.filter(has) },
  ]
  return groups.filter(({ fields }) => fields.length > 0) as never
}

function describePassword(user: UserMethods & { readonly password: string }): string {
  if (!user.hasUsablePassword()) return 'None: this user cannot sign in with a password.'
  return `Set, kept as ${user.password.split('$')[0]}.`
}
