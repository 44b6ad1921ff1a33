import type { ModelMeta, RuntimeModel } from '@nuages/orm'
import { verboseNameOf } from '../columns/resolve-column.ts'
import { plannedForm } from '../form/open-form.ts'
import { type Guarded, mayLook } from '../model-admin/permissions.ts'
import { capitalised } from '../model-admin/words.ts'
import type { AnyModel, AnyRow } from '../options/any-model.ts'
import type { FormOptions } from '../options/form-options.ts'
import type { InlineOptions } from '../options/inline.ts'
import type { ModelScope } from '../site/page-scope.ts'

/** The labels of fields by the name of the inline's model, or `null` for the row's own, as the log has them. */
export type VisibleLabels = ReadonlyMap<string | null, ReadonlySet<string>>

/**
 * What the user sees on the change page of a row. The log holds values of every field; the history tells no more of them than
 * that page does.
 */
export async function visibleLabels(scope: ModelScope, row: AnyRow): Promise<VisibleLabels> {
  const { request, modelAdmin } = scope
  const { meta, options } = modelAdmin
  const labels = new Map<string | null, ReadonlySet<string>>([[null, await labelsOf(scope, meta, options, row)]])
  for (const inline of options.getInlines?.(request, row as never) ?? options.inlines ?? []) {
    const inlineMeta = (inline.model as RuntimeModel).meta
    const inlineOptions = inline.options as unknown as InlineOptions<AnyModel>
    const guarded = { meta: inlineMeta, options: inlineOptions as Guarded['options'] }
    if (!(await mayLook(guarded, request, row))) continue
    const own = await labelsOf(scope, inlineMeta, inlineOptions, row)
    labels.set(inlineMeta.verboseName, own.union(labels.get(inlineMeta.verboseName) ?? new Set()))
  }
  return labels
}

async function labelsOf(
  scope: ModelScope,
  meta: ModelMeta,
  options: FormOptions<AnyModel>,
  row: AnyRow,
): Promise<ReadonlySet<string>> {
  const { plan } = await plannedForm(scope, { meta, options, row, isReadOnly: false, versionCheck: false })
  const cells = plan.fieldsets.flatMap(({ lines }) => lines.flat())
  const names = cells.map((cell) => (typeof cell === 'string' ? cell : cell.name))
  return new Set(names.flatMap((name) => meta.member(name) ?? []).map((member) => capitalised(verboseNameOf(member))))
}
