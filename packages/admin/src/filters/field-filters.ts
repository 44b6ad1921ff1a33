import { currentTimeZone, textOf } from '@nuages/i18n'
import type { Field, ModelMeta } from '@nuages/orm'
import { displayValue } from '../columns/display-value.ts'
import type { ModelAdmin } from '../model-admin/model-admin.ts'
import { choiceFilter, type FilterOption } from './choices.ts'
import type { ListFilter } from './list-filter.ts'
import { parameterFilter } from './parameter-filter.ts'

/** What a filter over a column is made of. */
export interface FieldFilterInit {
  readonly meta: ModelMeta
  readonly path: string
  readonly title: string
  readonly field: Field
  readonly emptyLabel: string
}

/** A filter with fixed options over lookups of a column; `isnull` is added where the column may be empty. */
function optionsFilter(
  { meta, path, title, field, emptyLabel }: FieldFilterInit,
  lookups: readonly string[],
  options: () => readonly FilterOption[],
  whenEmpty: string = emptyLabel,
): ListFilter {
  const isNull = `${path}__isnull`
  const parameters = [...lookups.map((lookup) => `${path}__${lookup}`), ...(field.null ? [isNull] : [])]
  return parameterFilter(meta, parameters, async ({ query }) => {
    const empty = field.null ? [{ label: whenEmpty, parameters: { [isNull]: 'True' } }] : []
    return choiceFilter({ title, name: path, parameters, options: [...options(), ...empty] }, query)
  })
}

/** The choices of the field. Django's `ChoicesFieldListFilter`. */
export function choicesFilter(init: FieldFilterInit): ListFilter {
  return optionsFilter(init, ['exact'], () =>
    init.field.options.choices!.map(([value, label]) => ({
      label: textOf(label),
      parameters: { [`${init.path}__exact`]: String(value) },
    })),
  )
}

/** Yes and no. Django's `BooleanFieldListFilter`. */
export function booleanFilter(init: FieldFilterInit): ListFilter {
  const exact = `${init.path}__exact`
  const options = [
    { label: 'Yes', parameters: { [exact]: '1' } },
    { label: 'No', parameters: { [exact]: '0' } },
  ]
  return optionsFilter(init, ['exact'], () => options, 'Unknown')
}

/** Spans of dates. Django's `DateFieldListFilter`. */
export function dateFilter(init: FieldFilterInit): ListFilter {
  const options = (): readonly FilterOption[] => {
    const today = Temporal.Now.zonedDateTimeISO(currentTimeZone()).toPlainDate()
    const tomorrow = today.add({ days: 1 })
    const month = today.with({ day: 1 })
    const year = month.with({ month: 1 })
    return [
      option('Today', today, tomorrow),
      option('Past 7 days', today.subtract({ days: 7 }), tomorrow),
      option('This month', month, month.add({ months: 1 })),
      option('This year', year, year.add({ years: 1 })),
    ]
  }
  const option = (label: string, from: Temporal.PlainDate, to: Temporal.PlainDate): FilterOption => ({
    label,
    parameters: { [`${init.path}__gte`]: from.toString(), [`${init.path}__lt`]: to.toString() },
  })
  return optionsFilter(init, ['gte', 'lt'], options, 'No date')
}

/** How many values are offered: who has more searches instead. */
const maxValues = 100

/** The values that the admin's rows have. Django's `AllValuesFieldListFilter`. */
export function valuesFilter(init: FieldFilterInit, modelAdmin: ModelAdmin): ListFilter {
  const { meta, path, title, field, emptyLabel } = init
  const isNull = `${path}__isnull`
  const parameters = [path, isNull]
  return parameterFilter(meta, parameters, async ({ query, request }) => {
    const values = await modelAdmin
      .rows(request)
      .valuesList(path, { flat: true })
      .distinct()
      .orderBy(path)
      .slice(0, maxValues)
    const options = values.map((value): FilterOption => {
      if (value === null) return { label: emptyLabel, parameters: { [isNull]: 'True' } }
      const shown = displayValue(value, { field, boolean: false, emptyValue: emptyLabel, rowUrl: () => null })
      return { label: shown.text, parameters: { [path]: String(value) } }
    })
    return options.length === 0 ? null : choiceFilter({ title, name: path, parameters, options }, query)
  })
}
