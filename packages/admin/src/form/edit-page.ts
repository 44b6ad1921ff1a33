import type { HttpResponse } from '@nuages/http'
import { render } from '@nuages/views'
import { listReturn } from '../change-list/list-return.ts'
import { rowLinks } from '../columns/row-links.ts'
import type { ShowOptions } from '../columns/show-column.ts'
import { shownInline } from '../inlines/shown-inline.ts'
import { mayUser } from '../model-admin/permissions.ts'
import { rowLabel } from '../model-admin/row-label.ts'
import type { AnyRow } from '../options/any-model.ts'
import type { ChangeFormPage, SaveButtons } from '../pages/change-form-page.ts'
import type { Link } from '../pages/printable.ts'
import { frameOf } from '../site/frame.ts'
import { modelFrame, modelTemplates, modelTrail } from '../site/model-frame.ts'
import { isPopup, type ModelScope } from '../site/page-scope.ts'
import type { Editing } from './editing.ts'
import { errorSummary } from './error-summary.ts'
import { shownFieldset } from './form-cells.ts'
import { linkedLists } from './linked-lists.ts'
import { markPrepopulated } from './prepopulate.ts'
import { viewOnSiteUrl } from './view-on-site.ts'

/** The page that adds or changes a row. */
export async function editPage(editing: Editing): Promise<HttpResponse> {
  const { scope } = editing
  return render(scope.request, modelTemplates(scope, 'change_form.html'), { ...(await changeFormPage(editing)) })
}

async function changeFormPage(editing: Editing): Promise<ChangeFormPage> {
  const { scope, row, form, planned, inlines, isReadOnly, permissions } = editing
  const { site, request, modelAdmin } = scope
  const { meta, options } = modelAdmin
  markPrepopulated(form, meta, options.prepopulatedFields)
  const targets = planned.plan.fieldsets
    .flatMap(({ lines }) => lines.flat())
    .flatMap((cell) => (typeof cell === 'string' ? [] : (cell.target ?? [])))
  const show: ShowOptions = {
    request,
    emptyValue: options.emptyValueDisplay ?? site.emptyValueDisplay,
    rowUrl: await rowLinks(scope, targets),
  }
  const cellScope = { ...scope, meta, form, row, show }
  const nonField = form.isBound ? form.nonFieldErrors() : []
  return {
    ...(await pageFrame(editing)),
    model: await modelFrame(scope),
    object: row === null ? null : { key: String(row.pk), label: rowLabel(row) },
    isAdd: row === null,
    isReadOnly,
    permissions,
    tools: row === null ? [] : await toolsOf(scope, row),
    action: request.fullPath,
    isMultipart: form.isMultipart() || inlines.some(({ formset }) => formset?.isMultipart()),
    hidden: [],
    hiddenFields: form.hiddenFields(),
    fieldsets: await Promise.all(
      planned.plan.fieldsets.map((fieldset, index) => shownFieldset(cellScope, fieldset, `fieldset-${index}`)),
    ),
    inlines: await Promise.all(inlines.map((inline) => shownInline({ ...scope, show }, inline))),
    errors: nonField.length > 0 ? nonField : null,
    isStale: form.isBound && form.hasError(null, 'stale'),
    errorSummary: form.isBound ? await errorSummary(editing) : [],
    buttons: buttonsOf(editing),
  }
}

async function pageFrame({ scope, row, isReadOnly }: Editing) {
  const { meta } = scope.modelAdmin
  const verb = row === null ? 'Add' : isReadOnly ? 'View' : 'Change'
  return frameOf(scope, {
    page: 'change-form',
    title: `${verb} ${meta.verboseName}`,
    subtitle: row === null ? null : rowLabel(row),
    current: meta,
    trail: modelTrail(scope, 'list'),
  })
}

/** Pages of the project's own, lists of what belongs to the row, history, and view on site. */
async function toolsOf(scope: ModelScope, row: AnyRow): Promise<readonly Link[]> {
  const { site, request, modelAdmin } = scope
  const { meta, options } = modelAdmin
  if (isPopup(scope)) return []
  const own: Link[] = []
  for (const [page, { label, permission = 'change' }] of Object.entries(options.pages ?? {})) {
    if (label === undefined || !(await mayUser(modelAdmin, permission, request, row))) continue
    own.push({ label, url: site.objectPageUrl(meta, row.pk, page) })
  }
  const onSite = viewOnSiteUrl(options, row)
  return [
    ...own,
    ...(await linkedLists(scope, row)),
    { label: 'History', url: site.rowUrl('history', meta, row.pk) },
    ...(onSite === null ? [] : [{ label: 'View on site', url: onSite }]),
  ]
}

function buttonsOf(editing: Editing): SaveButtons {
  const { scope, row, permissions, isReadOnly, inlines } = editing
  const { site, modelAdmin } = scope
  const { meta, options } = modelAdmin
  const popup = isPopup(scope)
  const save = !isReadOnly || inlines.some(({ formset }) => formset !== null)
  return {
    save,
    saveAndContinue: save && !popup && (permissions.change || permissions.view),
    saveAndAddAnother: save && !popup && permissions.add && !(options.saveAs && row !== null),
    saveAsNew: save && !popup && row !== null && permissions.add && (options.saveAs ?? false),
    onTop: options.saveOnTop ?? false,
    onBottom: true,
    closeUrl: save || popup ? null : listReturn(scope),
    deleteUrl: row !== null && permissions.delete && !popup ? deleteUrl(scope, row) : null,
  }

  function deleteUrl({ request }: ModelScope, deleted: AnyRow): string {
    const query = request.environ.QUERY_STRING
    return site.rowUrl('delete', meta, deleted.pk) + (query === '' ? '' : `?${request.query}`)
  }
}
