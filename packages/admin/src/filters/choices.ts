import type { QueryChanges } from '@nuages/http'
import { type ListQuery, without } from '../change-list/list-query.ts'
import type { Filter, FilterChoice } from '../pages/change-list-page.ts'

/** A choice, as the parameters that stand for it. */
export interface FilterOption {
  readonly label: string
  readonly parameters: Readonly<Record<string, string>>
}

interface ChoiceFilter {
  readonly title: string
  readonly name: string
  readonly parameters: readonly string[]
  /** What stands for no filter. */
  readonly allLabel?: string
  readonly options: readonly FilterOption[]
}

/** A filter as links, the first of which takes it away. */
export function choiceFilter(filter: ChoiceFilter, query: ListQuery): Filter {
  const { title, name, parameters, allLabel = 'All', options } = filter
  const active = parameters.some((parameter) => query.query.has(parameter))
  const none = without(parameters)
  const clearUrl = query.url(none)
  const choices = options.map(({ label, parameters: wanted }): FilterChoice => {
    const selected = parameters.every((parameter) => query.get(parameter) === wanted[parameter])
    return { label, selected, url: query.url({ ...none, ...(wanted satisfies QueryChanges) }) }
  })
  return {
    kind: 'choices',
    title,
    name,
    active,
    current: choices.find(({ selected }) => selected)?.label ?? null,
    choices: [{ label: allLabel, url: clearUrl, selected: !active }, ...choices],
    lookup: null,
    clearUrl: active ? clearUrl : null,
  }
}
