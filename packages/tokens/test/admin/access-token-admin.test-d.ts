import { expectTypeOf, test } from 'vitest'
import type { ModelAdminOptions } from '../../../admin/src/index.ts'
import { accessTokenAdmin } from '../../src/admin/access-token-admin.ts'
import type { AccessToken } from '../../src/index.ts'

test('what is declared is what the admin takes', () => {
  expectTypeOf(accessTokenAdmin).toExtend<ModelAdminOptions<typeof AccessToken>>()
})
