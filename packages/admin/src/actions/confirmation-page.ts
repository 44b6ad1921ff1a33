import type { HttpResponse } from '@nuages/http'
import { render } from '@nuages/views'
import { rowLinks } from '../columns/row-links.ts'
import { describeDeletion } from '../delete/describe-deletion.ts'
import { rowLabel } from '../model-admin/row-label.ts'
import { counted } from '../model-admin/words.ts'
import type { ActionConfirmation } from '../options/list-action.ts'
import type { ActionConfirmationPage } from '../pages/delete-page.ts'
import type { HiddenValue } from '../pages/printable.ts'
import { frameOf } from '../site/frame.ts'
import { modelFrame, modelTemplates, modelTrail } from '../site/model-frame.ts'
import type { ModelScope } from '../site/page-scope.ts'
import type { NamedAction } from './available-actions.ts'
import { actionFields, type ChosenRows } from './chosen-rows.ts'

/** How many rows are listed. */
const listed = 100

/** Asks before an action runs. */
export async function confirmationPage(
  scope: ModelScope,
  action: NamedAction,
  chosen: ChosenRows,
  status = 200,
): Promise<HttpResponse> {
  const { request, modelAdmin } = scope
  const { meta } = modelAdmin
  const isDeletion = action.action === null
  const deletion = isDeletion ? await describeDeletion(scope, chosen.rows) : null
  const count = await chosen.rows.count()
  const rows = isDeletion ? [] : await chosen.rows.slice(0, listed)
  const rowUrl = await rowLinks(scope, [meta])
  const { message, label = action.label } = confirmationOf(action)
  const context: ActionConfirmationPage = {
    ...(await frameOf(scope, {
      page: 'action-confirmation',
      title: `${action.label}?`,
      current: meta,
      trail: modelTrail(scope, 'list'),
    })),
    model: await modelFrame(scope),
    message:
      message ?? (isDeletion ? `${counted(count, meta)} will be deleted.` : `This is for ${counted(count, meta)}.`),
    label: isDeletion ? 'Delete' : label,
    danger: action.danger,
    deletion,
    objects: rows.map((row) => ({ text: rowLabel(row), url: rowUrl(row) })),
    more: isDeletion ? 0 : count - rows.length,
    count,
    allowed: deletion?.allowed ?? true,
    action: request.fullPath,
    hidden: hiddenOf(action, chosen),
    cancelUrl: request.fullPath,
  }
  return render(request, modelTemplates(scope, 'action_confirmation.html'), { ...context }, { status })
}

function confirmationOf({ action }: NamedAction): ActionConfirmation {
  const confirm = action?.confirm
  if (typeof confirm === 'string') return { message: confirm }
  return typeof confirm === 'object' ? confirm : {}
}

function hiddenOf({ name }: NamedAction, { keys, across }: ChosenRows): readonly HiddenValue[] {
  return [
    { name: actionFields.action, value: name },
    { name: actionFields.confirmed, value: 'yes' },
    ...(across ? [{ name: actionFields.across, value: '1' }] : []),
    ...keys.map((value) => ({ name: actionFields.selected, value })),
  ]
}
