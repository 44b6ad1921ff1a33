import { type Pending, type PendingState, pending } from '@nuages/foundation'
import type { ModelMeta } from '@nuages/orm'
import type { QuerySource } from '../query-source.ts'

/** One of the values that a filter can have. */
export interface FilterOption {
  readonly value: string
  readonly label: string
  readonly isSelected: boolean
}

/** With more rows than this, a list to choose from helps nobody. */
const mostOptions = 100

/** The rows that a filter can choose from, loaded when a template reads them; `null` where there are too many. */
export function relatedOptions(related: ModelMeta, selected: readonly string[]): Pending {
  let state: PendingState | undefined
  const load = async () => {
    const { objects } = related.model as unknown as { objects?: QuerySource<{ pk: unknown }> }
    const rows = (await objects?.all().slice(0, mostOptions + 1)) ?? []
    const few = rows.length > 0 && rows.length <= mostOptions
    state = { ready: true, value: few ? rows.map((row) => option(row, selected)) : null }
  }
  return { [pending]: () => state ?? { ready: false, load } }
}

function option(row: { readonly pk: unknown }, selected: readonly string[]): FilterOption {
  const value = String(row.pk)
  return { value, label: String(row), isSelected: selected.includes(value) }
}
