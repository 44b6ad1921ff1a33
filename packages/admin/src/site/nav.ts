import { apps } from '@nuages/core'
import type { ModelMeta } from '@nuages/orm'
import type { ModelAdmin } from '../model-admin/model-admin.ts'
import { mayEnter, permissionsOf } from '../model-admin/permissions.ts'
import { capitalised, labelOfName } from '../model-admin/words.ts'
import type { NavApp, NavModel } from '../pages/frame.ts'
import type { PageScope } from './page-scope.ts'

/** The apps and models that the user may see, by name. `current` is the model of the page, or the label of its app. */
export async function navOf(scope: PageScope, current: ModelMeta | string | null): Promise<readonly NavApp[]> {
  const byApp = Map.groupBy(scope.site.modelAdmins(), ({ meta }) => meta.appLabel)
  const found: NavApp[] = []
  for (const [appLabel, modelAdmins] of byApp) {
    const models: NavModel[] = []
    for (const modelAdmin of modelAdmins) {
      const model = await navModel(scope, modelAdmin, current)
      if (model !== null) models.push(model)
    }
    if (models.length === 0) continue
    found.push({
      name: appName(appLabel),
      appLabel,
      url: scope.site.url('app-list', { app: appLabel }),
      models: models.sort(byName),
      current:
        current === appLabel || (current !== null && typeof current === 'object' && current.appLabel === appLabel),
    })
  }
  return found.sort(byName)
}

/** The name of an app for people. */
export function appName(appLabel: string): string {
  return apps.has(appLabel) ? apps.get(appLabel).verboseName : labelOfName(appLabel)
}

function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  return one.name.localeCompare(other.name)
}

async function navModel(
  { site, request }: PageScope,
  modelAdmin: ModelAdmin,
  current: ModelMeta | string | null,
): Promise<NavModel | null> {
  const { meta } = modelAdmin
  if (!(await mayEnter(modelAdmin, request))) return null
  const permissions = await permissionsOf(modelAdmin, request)
  if (!Object.values(permissions).includes(true)) return null
  return {
    name: capitalised(meta.verboseNamePlural),
    objectName: meta.name,
    modelName: meta.modelName,
    permissions,
    url: permissions.view ? site.modelUrl('changelist', meta) : null,
    addUrl: permissions.add ? site.modelUrl('add', meta) : null,
    current: meta === current,
  }
}
