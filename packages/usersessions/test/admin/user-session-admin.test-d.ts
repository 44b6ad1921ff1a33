import { expectTypeOf, test } from 'vitest'
import type { ModelAdminOptions } from '../../../admin/src/index.ts'
import { userSessionAdmin } from '../../src/admin/user-session-admin.ts'
import type { UserSession } from '../../src/index.ts'

test('what is declared is what the admin takes', () => {
  expectTypeOf(userSessionAdmin).toExtend<ModelAdminOptions<typeof UserSession>>()
})
