import { expectTypeOf, test } from 'vitest'
import type { ModelAdminOptions } from '../../../admin/src/index.ts'
import { totpDeviceAdmin } from '../../src/admin/totp-device-admin.ts'
import type { TotpDevice } from '../../src/index.ts'

test('what is declared is what the admin takes', () => {
  expectTypeOf(totpDeviceAdmin).toExtend<ModelAdminOptions<typeof TotpDevice>>()
})
