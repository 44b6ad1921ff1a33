import type { HttpRequest } from '@nuages/http'
import type { ModelAdmin } from '../model-admin/model-admin.ts'
import { mayUser } from '../model-admin/permissions.ts'
import type { AnyModel } from '../options/any-model.ts'
import type { ListAction } from '../options/list-action.ts'
import type { ActionChoice } from '../pages/change-list-page.ts'

/** The name of the built-in action. Django's. */
export const deleteSelected = 'delete_selected'

/** An action of the project, or the built-in deletion, under its name. */
export interface NamedAction extends ActionChoice {
  /** `null` for the built-in deletion. */
  readonly action: ListAction<AnyModel> | null
}

/** The actions that the user may run, the built-in deletion last. */
export async function availableActions(modelAdmin: ModelAdmin, request: HttpRequest): Promise<readonly NamedAction[]> {
  const { actions = {} } = modelAdmin.options
  const found: NamedAction[] = []
  for (const [name, action] of Object.entries(actions)) {
    if (action === false || action === undefined) continue
    if (await mayRun(modelAdmin, action, request)) {
      const { label, description = null, danger = false } = action
      found.push({ name, label, description, danger, action })
    }
  }
  if (actions.deleteSelected !== false && (await mayUser(modelAdmin, 'delete', request))) {
    const label = `Delete selected ${modelAdmin.meta.verboseNamePlural}`
    found.push({ name: deleteSelected, label, description: null, danger: true, action: null })
  }
  return found
}

async function mayRun(
  modelAdmin: ModelAdmin,
  { permissions = [] }: ListAction<AnyModel>,
  request: HttpRequest,
): Promise<boolean> {
  for (const permission of permissions) if (!(await mayUser(modelAdmin, permission, request))) return false
  return true
}
