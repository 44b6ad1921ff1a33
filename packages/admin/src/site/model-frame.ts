import { permissionsOf } from '../model-admin/permissions.ts'
import { rowLabel } from '../model-admin/row-label.ts'
import { capitalised } from '../model-admin/words.ts'
import type { AnyRow } from '../options/any-model.ts'
import type { Breadcrumb, ModelFrame } from '../pages/frame.ts'
import { appName } from './nav.ts'
import type { ModelScope } from './page-scope.ts'

/** The model that a page is about. */
export async function modelFrame({ site, modelAdmin, request }: ModelScope): Promise<ModelFrame> {
  const { meta } = modelAdmin
  const permissions = await permissionsOf(modelAdmin, request)
  return {
    appLabel: meta.appLabel,
    modelName: meta.modelName,
    verboseName: meta.verboseName,
    verboseNamePlural: meta.verboseNamePlural,
    app: appLink(site, meta.appLabel),
    changeListUrl: site.modelUrl('changelist', meta),
    addUrl: permissions.add ? site.modelUrl('add', meta) : null,
    permissions,
  }
}

function appLink(site: ModelScope['site'], appLabel: string): { readonly label: string; readonly url: string } {
  return { label: appName(appLabel), url: site.url('app-list', { app: appLabel }) }
}

/** The breadcrumbs above a page of a model: its app, and for a page about rows its list; for one below a row, the row. */
export function modelTrail(
  { site, modelAdmin }: ModelScope,
  below: 'app' | 'list' | 'row',
  row: AnyRow | null = null,
): readonly Breadcrumb[] {
  const { meta } = modelAdmin
  const app = appLink(site, meta.appLabel)
  if (below === 'app') return [app]
  const list = { label: capitalised(meta.verboseNamePlural), url: site.modelUrl('changelist', meta) }
  if (below === 'list' || row === null) return [app, list]
  return [app, list, { label: rowLabel(row), url: site.rowUrl('change', meta, row.pk) }]
}

/** The templates of a page, the most particular first: of the model, of its app, of all. */
export function modelTemplates({ modelAdmin }: ModelScope, name: string): readonly string[] {
  const { appLabel, modelName } = modelAdmin.meta
  return [`admin/${appLabel}/${modelName}/${name}`, `admin/${appLabel}/${name}`, `admin/${name}`]
}
