import { type HttpResponse, HttpResponseNotAllowed, HttpResponseSeeOther, PermissionDenied } from '@nuages/http'
import { render } from '@nuages/views'
import { runAction } from '../actions/run-action.ts'
import { mayLook } from '../model-admin/permissions.ts'
import { counted } from '../model-admin/words.ts'
import type { AnyRow } from '../options/any-model.ts'
import { modelTemplates } from '../site/model-frame.ts'
import { notify } from '../site/notify.ts'
import { isPopup, type ModelScope } from '../site/page-scope.ts'
import { BadListQuery, NoSuchPage } from './bad-list-query.ts'
import { readChangeList } from './change-list.ts'
import { editedList, type ListFormSet, mayEditList, openListForms, sentListForms } from './editable-list.ts'
import { changeListPage, type LoadedList } from './list-page.ts'
import { listParameters } from './list-query.ts'
import { loadList } from './load-list.ts'
import { saveList } from './save-list.ts'

const methods = ['GET', 'HEAD', 'POST']

/** The list of a model's rows, actions on chosen ones, and columns that are edited. */
export async function listView(scope: ModelScope): Promise<HttpResponse> {
  const { request, modelAdmin, site } = scope
  if (!(await mayLook(modelAdmin, request))) {
    throw new PermissionDenied(`You may not see ${modelAdmin.meta.verboseNamePlural}.`)
  }
  if (!methods.includes(request.method)) return new HttpResponseNotAllowed(methods)
  try {
    return request.method === 'POST' ? await postList(scope) : await showList(scope)
  } catch (error) {
    if (error instanceof NoSuchPage) return firstPage(scope, error)
    if (!(error instanceof BadListQuery)) throw error
    notify(request, 'warning', `${error.message} Here is the whole list.`)
    const kept = isPopup(scope) ? { [listParameters.popup]: '1' } : {}
    return new HttpResponseSeeOther(site.modelUrl('changelist', modelAdmin.meta, kept))
  }
}

/** The same search and filters, from their start. */
function firstPage({ request, site, modelAdmin }: ModelScope, { message }: NoSuchPage): HttpResponse {
  notify(request, 'warning', `${message} Here is the first.`)
  const query = request.query.with({ [listParameters.page]: null }).toString()
  return new HttpResponseSeeOther(`${site.modelUrl('changelist', modelAdmin.meta)}${query && `?${query}`}`)
}

async function showList(scope: ModelScope): Promise<HttpResponse> {
  const loaded = await loadList(scope)
  const mayEdit = !isPopup(scope) && (await mayEditList(scope))
  return listPage(scope, loaded, mayEdit ? await openListForms(scope, loaded.page.rows) : undefined)
}

async function listPage(scope: ModelScope, loaded: LoadedList, formset?: ListFormSet): Promise<HttpResponse> {
  const edited = formset === undefined ? undefined : await editedList(formset)
  const page = await changeListPage(scope, loaded, edited)
  return render(scope.request, modelTemplates(scope, 'change_list.html'), { ...page })
}

async function postList(scope: ModelScope): Promise<HttpResponse> {
  const { request, site, modelAdmin } = scope
  const sent = await request.form()
  const list = readChangeList(site, modelAdmin, request)
  if (!sent.fields.has('_save')) return runAction(scope, list, sent.fields)
  if (!(await mayEditList(scope)))
    throw new PermissionDenied(`You may not change ${modelAdmin.meta.verboseNamePlural}.`)
  const formset = sentListForms(scope, list.rows.orderBy(), sent)
  const count = await saveList(scope, formset)
  if (count === null) return showAgain(scope, formset)
  if (count > 0) {
    notify(request, 'success', `${counted(count, modelAdmin.meta)} ${count === 1 ? 'was' : 'were'} changed.`)
  }
  return new HttpResponseSeeOther(request.fullPath)
}

/** The rows that were sent, with what is wrong: the list itself may have other rows by now. */
async function showAgain(scope: ModelScope, formset: ListFormSet): Promise<HttpResponse> {
  const loaded = await loadList(scope)
  const rows = (await formset.forms).map(({ instance }) => instance as AnyRow).filter(({ pk }) => pk !== null)
  // A page that was tampered with may name none.
  const page = rows.length === 0 ? loaded.page : { ...loaded.page, rows }
  return listPage(scope, { ...loaded, page }, formset)
}
