import type { AnyModelForm } from '@nuages/forms'
import type { RequestForm } from '@nuages/http'
import { type OpenInline, openInlines } from '../inlines/open-inline.ts'
import { permissionsOf } from '../model-admin/permissions.ts'
import type { AnyRow } from '../options/any-model.ts'
import type { Permissions } from '../pages/frame.ts'
import type { ModelScope } from '../site/page-scope.ts'
import { ValuesBefore } from './change-records.ts'
import { initialFromQuery, madeForm, type PlannedForm, plannedForm } from './open-form.ts'

/** A row that is being added or changed: its form and inlines. */
export interface Editing {
  readonly scope: ModelScope
  /** `null` while it is added. */
  readonly row: AnyRow | null
  readonly permissions: Permissions
  readonly isReadOnly: boolean
  readonly planned: PlannedForm
  readonly form: AnyModelForm
  readonly inlines: readonly OpenInline[]
  readonly before: ValuesBefore
}

/** Opens a row, or with `null` a new one. `sent` is what came with a POST. */
export async function openEditing(
  scope: ModelScope,
  row: AnyRow | null,
  sent: RequestForm | null,
  asNew = false,
): Promise<Editing> {
  const { request, modelAdmin } = scope
  const { meta, options } = modelAdmin
  const permissions = await permissionsOf(modelAdmin, request, row)
  const isReadOnly = row !== null && !permissions.change
  const planned = await plannedForm(scope, {
    meta,
    options,
    row,
    isReadOnly,
    versionCheck: row !== null,
    keepsKey: row !== null,
  })
  const initial = row === null && sent === null ? initialFromQuery(scope, planned, meta) : {}
  const form = madeForm(planned, row, sent, initial)
  const parent = form.instance as AnyRow
  const before = new ValuesBefore(meta, parent)
  const specs = options.getInlines?.(request, row as never) ?? options.inlines ?? []
  const inlines = await openInlines({ ...scope, parent, isAdd: row === null, isReadOnly, sent, asNew }, specs)
  return { scope, row, permissions, isReadOnly, planned, form, inlines, before }
}
