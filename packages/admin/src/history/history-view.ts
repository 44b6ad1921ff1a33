import { ContentType } from '@nuages/contenttypes'
import { type HttpResponse, HttpResponseNotAllowed, PermissionDenied } from '@nuages/http'
import { render } from '@nuages/views'
import { ListQuery, listParameters } from '../change-list/list-query.ts'
import { pageOfRows } from '../change-list/page-of-rows.ts'
import { paginationOf, readPageNumber } from '../change-list/pagination.ts'
import { type FieldRecord, readChangeMessage } from '../log/change-message.ts'
import { LogEntry } from '../log/log-entry.ts'
import { findRow } from '../model-admin/find-row.ts'
import { mayLook } from '../model-admin/permissions.ts'
import { rowLabel } from '../model-admin/row-label.ts'
import type { AnyQuerySet, AnyRow } from '../options/any-model.ts'
import type { HistoryEntry, HistoryPage } from '../pages/history-page.ts'
import { frameOf } from '../site/frame.ts'
import { modelFrame, modelTemplates, modelTrail } from '../site/model-frame.ts'
import type { RowParams } from '../site/model-view.ts'
import type { ModelScope } from '../site/page-scope.ts'
import { type VisibleLabels, visibleLabels } from './visible-labels.ts'

const perPage = 50

/** Who changed what of a row. */
export async function historyView(scope: ModelScope, { key }: RowParams): Promise<HttpResponse> {
  const { site, request, modelAdmin } = scope
  const { meta } = modelAdmin
  if (request.method !== 'GET' && !request.isHead) return new HttpResponseNotAllowed(['GET', 'HEAD'])
  const row = await findRow(scope, key)
  if (!(await mayLook(modelAdmin, request, row))) {
    throw new PermissionDenied(`You may not see this ${meta.verboseName}.`)
  }
  const query = new ListQuery(request.query)
  const number = readPageNumber(query.get(listParameters.page)) ?? 1
  const page = await pageOfRows((await entriesOf(row)).rows, (number - 1) * perPage, perPage, false)
  const trail = modelTrail(scope, 'row', row)
  const frame = await frameOf(scope, { page: 'history', title: 'History', current: meta, trail })
  const visible = await visibleLabels(scope, row)
  const context: HistoryPage = {
    ...frame,
    model: await modelFrame(scope),
    object: { key: String(row.pk), label: rowLabel(row), url: site.rowUrl('change', meta, row.pk) },
    entries: page.rows.map((entry) => shown(entry as unknown as ReadEntry, visible)),
    pagination: paginationOf(page, { number, size: perPage, showsAll: false }, query, 0),
  }
  return render(request, modelTemplates(scope, 'object_history.html'), { ...context })
}

async function entriesOf(row: AnyRow): Promise<{ readonly rows: AnyQuerySet }> {
  const contentType = await ContentType.objects.getForModel(row)
  const entries = LogEntry.objects
    .filter({ contentTypeId: contentType.id, objectId: String(row.pk) })
    .selectRelated('user')
  return { rows: entries as unknown as AnyQuerySet }
}

/** An entry that was read with its user. */
type ReadEntry = Omit<LogEntry, 'user'> & { readonly user: { getUsername(): string; getFullName?(): string } }

function shown(entry: ReadEntry, visible: VisibleLabels): HistoryEntry {
  const { user } = entry
  const name = user.getFullName?.() ?? ''
  const records = readChangeMessage(entry.changeMessage) ?? []
  return {
    time: entry.actionTime,
    user: name === '' ? user.getUsername() : `${name} (${user.getUsername()})`,
    action: entry.action,
    summary: entry.describe(),
    changes: records.flatMap(({ action, name: model = null, object = null, fields = [] }) => {
      const labels = visible.get(model)
      return action === 'ran' ? [] : [{ action, model, object, fields: fields.map((field) => told(field, labels)) }]
    }),
  }
}

/** A change with its values where the user sees the field, else that it was changed. */
function told(field: FieldRecord, labels: ReadonlySet<string> | undefined): FieldRecord {
  return labels?.has(field.label) ? field : { label: field.label, from: null, to: null }
}
