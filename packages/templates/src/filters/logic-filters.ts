import { gettext } from '@nuages/i18n'
import type { FilterThis } from '../engine.ts'
import { textOf } from './filter-text.ts'

/** For what is undefined or `null`; with `true` as the second argument for everything that is false. */
function defaultFilter(this: FilterThis, value: unknown, otherwise: unknown = '', forFalse = false): unknown {
  if (forFalse) return this.truthy(value) ? value : otherwise
  return value ?? otherwise
}

/** `'yes,no,maybe'`: for true, for false, for `null`. */
function yesNo(this: FilterThis, value: unknown, words: unknown = gettext('yes,no,maybe')): unknown {
  const [yes, no, maybe] = textOf(words).split(',')
  if (no === undefined) return value
  if (value === null || value === undefined) return maybe ?? no
  return this.truthy(value) ? yes : no
}

export const logicFilters = {
  default: defaultFilter,
  d: defaultFilter,
  default_if_none: (value: unknown, otherwise: unknown) => value ?? otherwise,
  yesno: yesNo,
}
