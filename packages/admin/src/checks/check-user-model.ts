import { getUserModel } from '@nuages/auth'
import { apps } from '@nuages/core'
import type { CheckMessage } from '@nuages/foundation'

/** What the site asks of whoever signs in. */
const needed = ['isStaff', 'isSuperuser'] as const

/** Says what a class of users of the project's own lacks: nobody could sign in, or all could do nothing. */
export function checkUserModel(): CheckMessage[] {
  if (!apps.has('auth')) return []
  const { meta, prototype } = getUserModel() as {
    readonly meta: { readonly label: string; field(name: string): unknown }
    readonly prototype: object
  }
  return needed
    .filter((name) => meta.field(name) === undefined && !(name in prototype))
    .map((name) => ({
      level: 'error',
      id: 'admin.E902',
      message: `${meta.label} has no ${name}, by which the admin knows who may ${name === 'isStaff' ? 'sign in' : 'do everything'}.`,
      hint:
        name === 'isStaff'
          ? 'Give it the field isStaff: boolean({ default: false }), or let it extend AbstractUser.'
          : 'Compose it of permissionsMixin, or let it extend AbstractUser.',
      object: meta.label,
    }))
}
