import { type HttpResponse, HttpResponseNotAllowed, PermissionDenied, type QueryDict } from '@nuages/http'
import { findRow } from '../model-admin/find-row.ts'
import { mayLook, mayUser } from '../model-admin/permissions.ts'
import type { RowParams } from '../site/model-view.ts'
import type { ModelScope } from '../site/page-scope.ts'
import { afterSave, type SaveButton } from './after-save.ts'
import { editPage } from './edit-page.ts'
import { openEditing } from './editing.ts'
import { saveEditing } from './save-editing.ts'

const methods = ['GET', 'HEAD', 'POST']

/** Adds a row. */
export async function addView(scope: ModelScope): Promise<HttpResponse> {
  const { request } = scope
  if (!methods.includes(request.method)) return new HttpResponseNotAllowed(methods)
  await checkMayAdd(scope)
  if (request.method !== 'POST') return editPage(await openEditing(scope, null, null))
  return save(scope, null)
}

/** Shows a row and changes it. */
export async function changeView(scope: ModelScope, { key }: RowParams): Promise<HttpResponse> {
  const { request, modelAdmin } = scope
  if (!methods.includes(request.method)) return new HttpResponseNotAllowed(methods)
  const row = await findRow(
    scope,
    key,
    modelAdmin.meta.manyToMany.map(({ name }) => name),
  )
  if (!(await mayLook(modelAdmin, request, row))) {
    throw new PermissionDenied(`You may not see this ${modelAdmin.meta.verboseName}.`)
  }
  if (request.method !== 'POST') return editPage(await openEditing(scope, row, null))
  const { fields } = await request.form()
  if (buttonOf(fields) === 'asNew' && modelAdmin.options.saveAs) {
    await checkMayAdd(scope)
    return save(scope, null, true)
  }
  if (!(await mayUser(modelAdmin, 'change', request, row))) {
    throw new PermissionDenied(`You may look at this ${modelAdmin.meta.verboseName}, and not change it.`)
  }
  return save(scope, row)
}

async function checkMayAdd({ modelAdmin, request }: ModelScope): Promise<void> {
  if (await mayUser(modelAdmin, 'add', request)) return
  throw new PermissionDenied(`You may not add ${modelAdmin.meta.verboseNamePlural}.`)
}

async function save(scope: ModelScope, row: Awaited<ReturnType<typeof findRow>> | null, asNew = false) {
  const sent = await scope.request.form()
  const editing = await openEditing(scope, row, sent, asNew)
  const saved = await saveEditing(editing)
  return saved === null ? editPage(editing) : afterSave(scope, saved, row !== null, buttonOf(sent.fields))
}

/** Which button sent the form. */
function buttonOf(fields: QueryDict): SaveButton {
  if (fields.has('_saveasnew')) return 'asNew'
  if (fields.has('_addanother')) return 'addAnother'
  return fields.has('_continue') ? 'continue' : 'save'
}
