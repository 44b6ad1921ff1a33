import type { HttpRequest } from '@nuages/http'
import type { ModelAdmin } from '../model-admin/model-admin.ts'
import { mayUser } from '../model-admin/permissions.ts'
import type { AnyModel, AnyQuerySet, AnyRow } from '../options/any-model.ts'
import type { ListAction } from '../options/list-action.ts'

const hooks = { view: 'hasViewPermission', change: 'hasChangePermission', delete: 'hasDeletePermission' } as const

/**
 * The first row with which the user may not do what an action does, `null` where there is none. The user was asked about rows in
 * general already, so that rows are only read where a hook may refuse some.
 */
export async function refusedRow(
  modelAdmin: ModelAdmin,
  { permissions = [] }: ListAction<AnyModel>,
  rows: AnyQuerySet,
  request: HttpRequest,
): Promise<AnyRow | null> {
  const asked = permissions.filter((action) => action !== 'add' && modelAdmin.options[hooks[action]] !== undefined)
  if (asked.length === 0) return null
  for (const row of await rows) {
    for (const action of asked) if (!(await mayUser(modelAdmin, action, request, row))) return row
  }
  return null
}
