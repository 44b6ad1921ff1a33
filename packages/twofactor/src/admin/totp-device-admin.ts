import { type CurrentUser, getUserModel, userOf } from '@nuages/auth'
import type { HttpRequest } from '@nuages/http'
import type { QuerySet } from '@nuages/orm'
import { turnOff } from '../device/second-factor.ts'
import type { TotpDevice } from '../device/totp-device.ts'
import { countRecoveryCodes } from '../recovery/recovery-codes.ts'

type Devices = QuerySet<typeof TotpDevice>

const remove = {
  label: 'Remove second factor',
  permissions: ['delete'],
  confirm: {
    message:
      'From now on the password alone logs these users in; their recovery codes go as well. Make sure that whoever asked for it is the user.',
    label: 'Remove',
  },
  danger: true,
  async run(_request: HttpRequest, devices: Devices): Promise<string> {
    const found = await devices.selectRelated('user')
    for (const device of found) await turnOff(device.user as CurrentUser)
    return found.length === 1 ? 'One second factor was removed.' : `${found.length} second factors were removed.`
  },
} as const

/** A text: the row itself would lead to the page of the user, and nothing to that of the device. */
const userColumn = { label: 'User', value: async (device: TotpDevice) => String(await device.user) } as const
const createdColumn = {
  label: 'Turned on',
  value: ({ created }: TotpDevice) => created,
  ordering: 'created',
} as const
const recoveryCodes = {
  label: 'Recovery codes left',
  value: async (device: TotpDevice) => countRecoveryCodes((await device.user) as CurrentUser),
} as const

/**
 * How the admin shows whose second factor is on. Secrets are nowhere to be seen, and nothing is changed; deleting a device turns
 * the second factor off. That of a superuser, superusers alone take away: their password would be all that is in the way.
 */
export const totpDeviceAdmin = {
  listDisplay: [userColumn, createdColumn],
  listFilter: [{ path: 'created', title: 'Turned on' }],
  getSearchFields: () => [`user__${getUserModel().usernameField}`] as never,
  getQueryset: (devices: Devices) => devices.selectRelated('user'),
  actions: { remove, deleteSelected: false },
  linkedFrom: { user: 'Second factor' },
  fieldsets: [{ fields: ['user', createdColumn, recoveryCodes] }],
  hasAddPermission: () => false,
  hasChangePermission: () => false,
  async hasDeletePermission(
    request: HttpRequest,
    device: TotpDevice | null,
    allowed: () => Promise<boolean>,
  ): Promise<boolean> {
    if (!(await allowed())) return false
    const isOfSuperuser = device !== null && isSuperuser(await device.user)
    return !isOfSuperuser || isSuperuser(await userOf(request))
  },
  async deleteModel(_request: HttpRequest, device: TotpDevice): Promise<void> {
    await turnOff((await device.user) as CurrentUser)
  },
} as const

function isSuperuser(user: object): boolean {
  return (user as { readonly isSuperuser?: boolean }).isSuperuser === true
}
