import type { QueryDict } from '@nuages/http'
import type { ChangeList } from '../change-list/change-list.ts'
import { rowsOfKeys } from '../model-admin/find-row.ts'
import type { AnyQuerySet } from '../options/any-model.ts'

/** Names in the form of the list. Django's. */
export const actionFields = {
  action: 'action',
  selected: '_selected_action',
  across: 'select_across',
  confirmed: 'post',
} as const

/** The rows that were chosen in a list. */
export interface ChosenRows {
  readonly rows: AnyQuerySet
  readonly keys: readonly string[]
  readonly across: boolean
}

/**
 * The rows that the form names, among those that the list has: a queryset without the list's order and joins, which may be
 * updated and deleted. `null` where none was chosen.
 */
export async function chosenRows(list: ChangeList, form: QueryDict): Promise<ChosenRows | null> {
  const rows = list.modelAdmin.rows(list.scope.request)
  const keys = form.getAll(actionFields.selected)
  const across = form.get(actionFields.across) === '1'
  const listed = list.rows.orderBy()
  if (across) return { rows: rows.filter({ pk__in: listed.valuesList('pk', { flat: true }) }), keys, across }
  if (keys.length === 0) return null
  const found = await rowsOfKeys(listed, keys).valuesList('pk', { flat: true })
  return found.length === 0 ? null : { rows: rows.filter({ pk__in: found }), keys, across }
}
