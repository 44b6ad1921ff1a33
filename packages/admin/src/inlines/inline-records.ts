import type { ChangeRecord } from '../log/change-message.ts'
import { rowLabel } from '../model-admin/row-label.ts'
import type { AnyRow } from '../options/any-model.ts'
import type { OpenInline } from './open-inline.ts'

/** What became of the rows of an inline that was saved, for the log. Rows are named as they were when they were sent. */
export async function inlineRecords({ meta, formset, before }: OpenInline): Promise<() => readonly ChangeRecord[]> {
  if (formset === null) return () => []
  const changes = new Map<AnyRow, ChangeRecord['fields']>()
  for (const [form, values] of before) {
    if (await form.hasChanged()) changes.set(form.instance as AnyRow, await values.records(form))
  }
  // Which rows were added and deleted is known once they are saved.
  return () => [
    ...formset.newObjects.map((row) => record('added', row)),
    ...formset.changedObjects.map(([row]) => ({ ...record('changed', row), fields: changes.get(row) ?? [] })),
    ...formset.deletedObjects.map((row) => record('deleted', row)),
  ]

  function record(action: ChangeRecord['action'], row: AnyRow): ChangeRecord {
    return { action, name: meta.verboseName, object: rowLabel(row) }
  }
}
