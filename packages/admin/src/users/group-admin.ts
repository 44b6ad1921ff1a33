import type { Group } from '@nuages/auth'
import type { ModelAdminOptions } from '../options/model-admin-options.ts'

/** How the admin shows groups. Django's `GroupAdmin`. */
export const GroupAdmin: ModelAdminOptions<typeof Group> = {
  searchFields: ['name'],
  ordering: ['name'],
}
