import { type HttpResponse, HttpResponseNotAllowed, HttpResponseSeeOther, PermissionDenied } from '@nuages/http'
import { render } from '@nuages/views'
import { runAction } from '../actions/run-action.ts'
import { mayLook } from '../model-admin/permissions.ts'
import { modelTemplates } from '../site/model-frame.ts'
import { notify } from '../site/notify.ts'
import type { ModelScope } from '../site/page-scope.ts'
import { BadListQuery } from './bad-list-query.ts'
import { readChangeList } from './change-list.ts'
import { changeListPage } from './list-page.ts'
import { loadList } from './load-list.ts'

/** The list of a model's rows. */
export async function listView(scope: ModelScope): Promise<HttpResponse> {
  const { request, modelAdmin, site } = scope
  if (!(await mayLook(modelAdmin, request))) {
    throw new PermissionDenied(`You may not see ${modelAdmin.meta.verboseNamePlural}.`)
  }
  const isPost = request.method === 'POST'
  if (!isPost && request.method !== 'GET' && !request.isHead) return new HttpResponseNotAllowed(['GET', 'HEAD', 'POST'])
  try {
    if (isPost) return await postList(scope)
    const page = await changeListPage(scope, await loadList(scope))
    return render(request, modelTemplates(scope, 'change_list.html'), { ...page })
  } catch (error) {
    if (!(error instanceof BadListQuery)) throw error
    notify(request, 'warning', `${error.message} Here is the whole list.`)
    return new HttpResponseSeeOther(site.modelUrl('changelist', modelAdmin.meta))
  }
}

/** An action on chosen rows, or columns that were edited. */
async function postList(scope: ModelScope): Promise<HttpResponse> {
  const { fields } = await scope.request.form()
  const list = readChangeList(scope.site, scope.modelAdmin, scope.request)
  return runAction(scope, list, fields)
}
