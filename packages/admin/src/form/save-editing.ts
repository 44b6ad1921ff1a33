import { InvalidForm } from '@nuages/forms'
import { atomic, snapshotRow } from '@nuages/orm'
import { inlineRecords } from '../inlines/inline-records.ts'
import type { ChangeRecord } from '../log/change-message.ts'
import { writeLog } from '../log/write-log.ts'
import type { AnyRow } from '../options/any-model.ts'
import type { SaveContext } from '../options/save-hooks.ts'
import type { Editing } from './editing.ts'

/**
 * Saves a form with its inlines, and notes what changed: all of it in one transaction, or nothing. The row is read again inside
 * of it, so that nobody's edit is overwritten unseen. `null` where something is wrong, which the forms then say.
 */
export async function saveEditing(editing: Editing): Promise<AnyRow | null> {
  const row = editing.form.instance as AnyRow
  const restore = snapshotRow(row as never)
  try {
    return await atomic(async () => ((await isValid(editing)) ? saveAll(editing) : null))
  } catch (error) {
    restore()
    if (error instanceof InvalidForm) return null
    throw error
  }
}

/** Every form is asked, so that all that is wrong is told at once. */
async function isValid({ form, inlines }: Editing): Promise<boolean> {
  const answers = [await form.isValid()]
  for (const { formset } of inlines) if (formset !== null) answers.push(await formset.isValid())
  return !answers.includes(false)
}

async function saveAll(editing: Editing): Promise<AnyRow> {
  const { scope, form, inlines, before } = editing
  const { request, modelAdmin } = scope
  const { saveModel, saveRelated } = modelAdmin.options
  const row = form.instance as AnyRow
  const context: SaveContext = { change: editing.row !== null, form }
  const fields = context.change ? await before.records(form) : []
  const ofInlines = await Promise.all(inlines.map(inlineRecords))
  await form.save({ commit: false })
  try {
    await (saveModel?.(request, row as never, context) ?? row.save())
  } catch (error) {
    throw form.explain(error)
  }
  const save = async (): Promise<void> => {
    await form.saveM2m()
    for (const { formset } of inlines) await formset?.save()
  }
  await (saveRelated?.(request, row as never, save, context) ?? save())
  const own: ChangeRecord[] = context.change
    ? fields.length > 0
      ? [{ action: 'changed', fields }]
      : []
    : [{ action: 'added' }]
  const records = [...own, ...ofInlines.flatMap((recordsOf) => recordsOf())]
  if (records.length > 0) await writeLog(request, context.change ? 'change' : 'addition', [{ row, records }])
  return row
}
