import { currentTimeZone, gettext } from '@nuages/i18n'
import { database } from '../backends/registry.ts'
import type { Field } from '../fields/field.ts'
import { type Row, stateOf } from '../models/row.ts'
import { metaOf } from '../models/save-row.ts'
import { withFilter } from '../query/build/build-query.ts'
import { anyRow } from '../query/execute/select.ts'
import type { Conditions } from '../query/q.ts'
import { rootQuery } from '../query/query.ts'
import { inOwnWords } from './clean-field.ts'
import { addMessage, type Errors } from './collect-errors.ts'
import { others } from './others.ts'

type Values = Record<string, unknown>

const periods = { uniqueForDate: ['year', 'month', 'day'], uniqueForMonth: ['month'], uniqueForYear: ['year'] } as const

/** Whether another row has the same value on the same day, or in the same month or year, as Django has it. */
export async function checkUniqueForDates(errors: Errors, row: Row, exclude: ReadonlySet<string>): Promise<void> {
  const meta = metaOf(row)
  for (const field of meta.fields) {
    for (const [option, parts] of Object.entries(periods)) {
      const dateField = meta.field((field.options[option] as string | undefined) ?? '')
      if (!dateField || exclude.has(field.name) || exclude.has(dateField.name)) continue
      const conditions = sameAs(row, field, dateField, parts)
      if (!conditions) continue
      const query = others(row, meta, withFilter(rootQuery(meta.model), [conditions], false))
      if (!(await anyRow(query, database(stateOf(row).alias)))) continue
      const unit = option.slice('uniqueFor'.length).toLowerCase()
      const message = complaint(unit, { field: field.verboseName, date: dateField.verboseName })
      addMessage(errors, field.name, inOwnWords(field, { code: `unique_for_${unit}`, message }))
    }
  }
}

function complaint(unit: string, names: { readonly field: string; readonly date: string }): string {
  if (unit === 'year') return gettext('The {field} must be unique for the year of {date}.', names)
  if (unit === 'month') return gettext('The {field} must be unique for the month of {date}.', names)
  return gettext('The {field} must be unique for the date of {date}.', names)
}

function sameAs(row: Row, field: Field, dateField: Field, parts: readonly string[]): Conditions | undefined {
  const values = row as unknown as Values
  const value = values[field.attribute]
  const moment = values[dateField.attribute]
  if (value === null || value === undefined) return undefined
  const date = moment instanceof Temporal.Instant ? moment.toZonedDateTimeISO(currentTimeZone()) : moment
  if (!(date instanceof Temporal.PlainDate || date instanceof Temporal.ZonedDateTime)) return undefined
  const pairs = parts.map((part) => [`${dateField.attribute}__${part}`, date[part as 'year']])
  return { [field.attribute]: value, ...Object.fromEntries(pairs) }
}
