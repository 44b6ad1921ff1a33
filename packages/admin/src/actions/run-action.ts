import { type HttpRequest, HttpResponse, HttpResponseSeeOther, PermissionDenied, type QueryDict } from '@nuages/http'
import { atomic } from '@nuages/orm'
import type { ChangeList } from '../change-list/change-list.ts'
import { describeDeletion } from '../delete/describe-deletion.ts'
import { isRefusal } from '../delete/is-refusal.ts'
import { writeLog } from '../log/write-log.ts'
import type { ModelAdmin } from '../model-admin/model-admin.ts'
import { rowLabel } from '../model-admin/row-label.ts'
import { counted } from '../model-admin/words.ts'
import type { AnyModel, AnyRow } from '../options/any-model.ts'
import type { ListAction } from '../options/list-action.ts'
import { notify } from '../site/notify.ts'
import type { ModelScope } from '../site/page-scope.ts'
import { availableActions, type NamedAction } from './available-actions.ts'
import { actionFields, type ChosenRows, chosenRows } from './chosen-rows.ts'
import { confirmationPage } from './confirmation-page.ts'
import { refusedRow } from './refused-row.ts'

/** Beyond so many rows, an action is noted for the first of them. */
const mostLogged = 1_000

/** Runs the action that the form of the list names, on the rows that it chooses, or asks first. */
export async function runAction(scope: ModelScope, list: ChangeList, form: QueryDict): Promise<HttpResponse> {
  const { request, modelAdmin } = scope
  const back = new HttpResponseSeeOther(request.fullPath)
  const name = form.get(actionFields.action) ?? ''
  const actions = await availableActions(modelAdmin, request)
  const action = actions.find((each) => each.name === name)
  if (action === undefined) {
    notify(request, 'warning', 'Choose an action first.')
    return back
  }
  const chosen = await chosenRows(list, form)
  if (chosen === null) {
    notify(request, 'warning', `Choose some ${modelAdmin.meta.verboseNamePlural} first; nothing was changed.`)
    return back
  }
  if (action.action !== null) {
    const refused = await refusedRow(modelAdmin, action.action, chosen.rows.all(), request)
    if (refused !== null) throw new PermissionDenied(`You may not do this with “${rowLabel(refused)}”.`)
  }
  const isConfirmed = form.get(actionFields.confirmed) === 'yes'
  const asks = action.action === null || action.action.confirm
  if (asks && !isConfirmed) return confirmationPage(scope, action, chosen)
  if (action.action === null) return deleteChosen(scope, action, chosen)
  return (await runOwn(scope, action.action, chosen)) ?? back
}

async function runOwn(
  { request, modelAdmin }: ModelScope,
  action: ListAction<AnyModel>,
  { rows }: ChosenRows,
): Promise<HttpResponse | undefined> {
  // Read before it runs: the action may change which rows they are.
  const before = await rows.slice(0, mostLogged)
  const count = before.length < mostLogged ? before.length : await rows.count()
  const result = await action.run(request, rows as never)
  if (result instanceof HttpResponse) return result
  await logRun(request, modelAdmin, action.label, before)
  notify(request, 'success', result ?? `${action.label}: done for ${counted(count, modelAdmin.meta)}.`)
  return undefined
}

/** Notes an action for rows it ran on: that those of them were deleted which are gone. */
async function logRun(
  request: HttpRequest,
  { allRows }: ModelAdmin,
  label: string,
  rows: readonly AnyRow[],
): Promise<void> {
  const records = [{ action: 'ran' as const, name: label, object: '' }]
  const left = await allRows.filter({ pk__in: rows.map(({ pk }) => pk) }).valuesList('pk', { flat: true })
  const keys = new Set(left.map(String))
  const byFate = Map.groupBy(rows, ({ pk }) => (keys.has(String(pk)) ? 'change' : 'deletion'))
  await atomic(async () => {
    for (const [fate, found] of byFate) {
      await writeLog(
        request,
        fate,
        found.map((row) => ({ row, records })),
      )
    }
  })
}

async function deleteChosen(scope: ModelScope, action: NamedAction, chosen: ChosenRows): Promise<HttpResponse> {
  const { request, modelAdmin } = scope
  const { missingPermissions, allowed } = await describeDeletion(scope, chosen.rows)
  if (missingPermissions.length > 0) throw new PermissionDenied(`You may not delete ${missingPermissions.join(', ')}.`)
  // What forbids it is on the page.
  if (!allowed) return confirmationPage(scope, action, chosen, 409)
  try {
    const count = await atomic(async () => {
      const rows = await chosen.rows
      await writeLog(
        request,
        'deletion',
        rows.map((row) => ({ row, records: [] })),
      )
      await (modelAdmin.options.deleteQueryset?.(request, chosen.rows as never) ?? chosen.rows.all().delete())
      return rows.length
    })
    notify(request, 'success', `${counted(count, modelAdmin.meta)} ${count === 1 ? 'was' : 'were'} deleted.`)
  } catch (error) {
    if (!isRefusal(error)) throw error
    return confirmationPage(scope, action, chosen, 409)
  }
  return new HttpResponseSeeOther(request.fullPath)
}
