import { type HttpResponse, HttpResponseNotAllowed, HttpResponseSeeOther, PermissionDenied } from '@nuages/http'
import { render } from '@nuages/views'
import { mayLook } from '../model-admin/permissions.ts'
import { modelTemplates } from '../site/model-frame.ts'
import type { ModelScope } from '../site/page-scope.ts'
import { BadListQuery } from './bad-list-query.ts'
import { changeListPage } from './list-page.ts'
import { loadList } from './load-list.ts'

/** The list of a model's rows. */
export async function listView(scope: ModelScope): Promise<HttpResponse> {
  const { request, modelAdmin, site } = scope
  if (!(await mayLook(modelAdmin, request))) {
    throw new PermissionDenied(`You may not see ${modelAdmin.meta.verboseNamePlural}.`)
  }
  if (request.method !== 'GET' && !request.isHead) return new HttpResponseNotAllowed(['GET', 'HEAD', 'POST'])
  try {
    const page = await changeListPage(scope, await loadList(scope))
    return render(request, modelTemplates(scope, 'change_list.html'), { ...page })
  } catch (error) {
    if (!(error instanceof BadListQuery)) throw error
    return new HttpResponseSeeOther(site.modelUrl('changelist', modelAdmin.meta))
  }
}
