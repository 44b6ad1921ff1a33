import { type HttpResponse, HttpResponseSeeOther } from '@nuages/http'
import { html } from '@nuages/templates'
import { afterwards } from '../change-list/list-return.ts'
import { mayLook } from '../model-admin/permissions.ts'
import { rowLabel } from '../model-admin/row-label.ts'
import type { AnyRow } from '../options/any-model.ts'
import { notify } from '../site/notify.ts'
import { isPopup, type ModelScope } from '../site/page-scope.ts'
import { popupResponse } from '../site/popup-response.ts'

/** Which button saved. */
export type SaveButton = 'save' | 'continue' | 'addAnother' | 'asNew'

/** What is answered once a row was saved: a message that names it, and the page that the button asks for. */
export async function afterSave(
  scope: ModelScope,
  row: AnyRow,
  change: boolean,
  button: SaveButton,
): Promise<HttpResponse> {
  const { request, modelAdmin } = scope
  const { options } = modelAdmin
  const response = await answer(scope, row, change, button)
  const hook = change ? options.responseChange : options.responseAdd
  return hook?.(request, row as never, response) ?? response
}

async function answer(scope: ModelScope, row: AnyRow, change: boolean, button: SaveButton): Promise<HttpResponse> {
  const { site, request, modelAdmin } = scope
  const { meta } = modelAdmin
  if (isPopup(scope)) {
    return popupResponse(scope, { action: change ? 'change' : 'add', value: String(row.pk), text: rowLabel(row) })
  }
  const url = site.rowUrl('change', meta, row.pk)
  const mayOpen = await mayLook(modelAdmin, request, row)
  const name = mayOpen ? html`<a href="${url}">${rowLabel(row)}</a>` : html`“${rowLabel(row)}”`
  const more = button === 'addAnother' ? ` You may add another ${meta.verboseName} below.` : ''
  notify(request, 'success', html`The ${meta.verboseName} ${name} was ${change ? 'changed' : 'added'}.${more}`)
  if (button === 'addAnother') return new HttpResponseSeeOther(withQuery(scope, site.modelUrl('add', meta)))
  const stays = button === 'continue' || (button === 'asNew' && (modelAdmin.options.saveAsContinue ?? true))
  return new HttpResponseSeeOther(stays && mayOpen ? withQuery(scope, url) : await afterwards(scope))
}

/** The page with the query of this one, so that the list is still known that leads back. */
function withQuery({ request }: ModelScope, url: string): string {
  const query = request.query.toString()
  return query === '' ? url : `${url}?${query}`
}
