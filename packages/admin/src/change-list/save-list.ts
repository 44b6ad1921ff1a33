import { type AnyModelForm, InvalidForm } from '@nuages/forms'
import { PermissionDenied } from '@nuages/http'
import { atomic } from '@nuages/orm'
import type { ValuesBefore } from '../form/change-records.ts'
import { writeLog } from '../log/write-log.ts'
import { mayUser } from '../model-admin/permissions.ts'
import { rowLabel } from '../model-admin/row-label.ts'
import type { AnyRow } from '../options/any-model.ts'
import type { ModelScope } from '../site/page-scope.ts'
import { type ListFormSet, valuesBefore } from './editable-list.ts'

/** Saves the columns that were edited: all rows or none. How many there were; `null` where something is wrong. */
export async function saveList(scope: ModelScope, formset: ListFormSet): Promise<number | null> {
  const before = await valuesBefore(formset)
  try {
    return await atomic(async () => ((await formset.isValid()) ? saveRows(scope, formset, before) : null))
  } catch (error) {
    if (error instanceof InvalidForm) return null
    throw error
  }
}

async function saveRows(
  { request, modelAdmin }: ModelScope,
  formset: ListFormSet,
  before: ReadonlyMap<AnyModelForm, ValuesBefore>,
): Promise<number> {
  const { saveModel } = modelAdmin.options
  let count = 0
  for (const form of await formset.forms) {
    if (!(await form.hasChanged())) continue
    const row = form.instance as AnyRow
    if (!(await mayUser(modelAdmin, 'change', request, row))) {
      throw new PermissionDenied(`You may not change “${rowLabel(row)}”.`)
    }
    const fields = await before.get(form)!.records(form)
    await form.save({ commit: false })
    try {
      await (saveModel?.(request, row as never, { change: true, form }) ?? row.save())
    } catch (error) {
      throw form.explain(error)
    }
    await form.saveM2m()
    await writeLog(request, 'change', [{ row, records: [{ action: 'changed', fields }] }])
    count += 1
  }
  return count
}
