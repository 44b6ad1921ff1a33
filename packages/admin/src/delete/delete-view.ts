import { type HttpResponse, HttpResponseNotAllowed, HttpResponseSeeOther, PermissionDenied } from '@nuages/http'
import { atomic } from '@nuages/orm'
import { html } from '@nuages/templates'
import { render } from '@nuages/views'
import { afterwards } from '../change-list/list-return.ts'
import { writeLog } from '../log/write-log.ts'
import { findRow } from '../model-admin/find-row.ts'
import { mayUser } from '../model-admin/permissions.ts'
import { rowLabel } from '../model-admin/row-label.ts'
import type { AnyRow } from '../options/any-model.ts'
import type { DeletePage } from '../pages/delete-page.ts'
import { frameOf } from '../site/frame.ts'
import { modelFrame, modelTemplates, modelTrail } from '../site/model-frame.ts'
import type { RowParams } from '../site/model-view.ts'
import { notify } from '../site/notify.ts'
import { isPopup, type ModelScope } from '../site/page-scope.ts'
import { popupResponse } from '../site/popup-response.ts'
import { describeDeletion } from './describe-deletion.ts'
import { isRefusal } from './is-refusal.ts'

/** Asks before a row is deleted, and deletes it. */
export async function deleteView(scope: ModelScope, { key }: RowParams): Promise<HttpResponse> {
  const { request, modelAdmin } = scope
  const row = await findRow(scope, key)
  if (!(await mayUser(modelAdmin, 'delete', request, row))) {
    throw new PermissionDenied(`You may not delete this ${modelAdmin.meta.verboseName}.`)
  }
  if (request.method === 'POST') return deleteRow(scope, row)
  if (request.method !== 'GET' && !request.isHead) return new HttpResponseNotAllowed(['GET', 'HEAD', 'POST'])
  return deletePage(scope, row)
}

async function deletePage(scope: ModelScope, row: AnyRow, status = 200): Promise<HttpResponse> {
  const { site, request, modelAdmin } = scope
  const { meta } = modelAdmin
  const trail = modelTrail(scope, 'row', row)
  const frame = await frameOf(scope, { page: 'delete', title: `Delete ${meta.verboseName}?`, current: meta, trail })
  const page: DeletePage = {
    ...frame,
    model: await modelFrame(scope),
    object: { key: String(row.pk), label: rowLabel(row) },
    deletion: await describeDeletion(scope, [row]),
    action: request.fullPath,
    hidden: [{ name: 'post', value: 'yes' }],
    cancelUrl: site.rowUrl('change', meta, row.pk),
  }
  return render(request, modelTemplates(scope, 'delete_confirmation.html'), { ...page }, { status })
}

async function deleteRow(scope: ModelScope, row: AnyRow): Promise<HttpResponse> {
  const { request, modelAdmin } = scope
  const { meta, options } = modelAdmin
  const { allowed, missingPermissions } = await describeDeletion(scope, [row])
  if (missingPermissions.length > 0) throw new PermissionDenied(`You may not delete ${missingPermissions.join(', ')}.`)
  // What forbids it is on the page.
  if (!allowed) return deletePage(scope, row, 409)
  const [key, label] = [row.pk, rowLabel(row)]
  try {
    await atomic(async () => {
      await writeLog(request, 'deletion', [{ row, records: [] }])
      await (options.deleteModel?.(request, row as never) ?? row.delete())
    })
  } catch (error) {
    if (!isRefusal(error)) throw error
    notify(request, 'error', `“${label}” could not be deleted: something else needs it.`)
    return deletePage(scope, row, 409)
  }
  if (isPopup(scope)) return popupResponse(scope, { action: 'delete', value: String(key), text: label })
  notify(request, 'success', html`The ${meta.verboseName} “${label}” was deleted.`)
  const response = new HttpResponseSeeOther(await afterwards(scope))
  return options.responseDelete?.(request, row as never, response) ?? response
}
