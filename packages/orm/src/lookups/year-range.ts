import { currentTimeZone } from '@nuages/i18n'
import type { SqlValue } from '../backends/database.ts'
import type { Field } from '../fields/field.ts'
import { firstYear, instantToSql, lastYear } from '../fields/temporal-text.ts'
import type { Comparison, Operator, Slot } from './lookup.ts'

/**
 * A comparison of a year as one of the column itself, which an index can answer: `year = 2026` is
 * `BETWEEN '2026-01-01 00:00:00' AND '2026-12-31 23:59:59.999999'`, in the time zone active when the query runs.
 */
export function yearRange(field: Field, operator: Operator, value: unknown): Comparison | undefined {
  if (!['exact', 'gt', 'gte', 'lt', 'lte'].includes(operator) || value === null) return undefined
  const year = value as number
  if (year < firstYear || year > lastYear) return beyond(operator, year)
  const first = (): Slot => (field.kind === 'date' ? `${padYear(year)}-01-01` : () => startOfYear(year))
  const last = (): Slot => (field.kind === 'date' ? `${padYear(year)}-12-31` : () => endOfYear(year))
  if (operator === 'exact') return { operator: 'range', params: [first(), last()] }
  return { operator, params: [operator === 'gte' || operator === 'lt' ? first() : last()] }
}

/** No column holds such a year, so that every row that has one is on its near side. */
function beyond(operator: Operator, year: number): Comparison {
  const holds = year < firstYear ? operator === 'gt' || operator === 'gte' : operator === 'lt' || operator === 'lte'
  return { operator: holds ? 'notnull' : 'never', params: [] }
}

function padYear(year: number): string {
  return String(year).padStart(4, '0')
}

function startOf(year: number): Temporal.Instant {
  return Temporal.PlainDate.from({ year, month: 1, day: 1 }).toZonedDateTime(currentTimeZone()).toInstant()
}

function startOfYear(year: number): SqlValue {
  // East of Greenwich the first year begins in the year 0 of UTC, which no column holds and PostgreSQL does not know.
  const text = instantToSql(startOf(year))
  return text.startsWith('0000') ? '0001-01-01 00:00:00' : text
}

function endOfYear(year: number): SqlValue {
  // West of Greenwich the last year ends in the year 10000 of UTC, whose text would not sort.
  if (year === lastYear) return '9999-12-31 23:59:59.999999'
  return instantToSql(startOf(year + 1).subtract({ microseconds: 1 }))
}
