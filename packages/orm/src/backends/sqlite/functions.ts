import { instantFromSql } from '../../fields/temporal-text.ts'
import type { DatePeriod } from '../../lookups/date-period.ts'
import { registerAggregateFunctions } from './aggregate-functions.ts'
import { registerDateFunctions } from './date-functions.ts'
import type { FunctionHost } from './function-host.ts'
import { registerJsonFunctions } from './json-functions.ts'
import { registerSearchFunctions } from './search-functions.ts'
import { registerTextFunctions } from './text-functions.ts'
import { registerUuidFunctions } from './uuid-functions.ts'

/**
 * Gives a connection the functions that the dialect calls: regular expressions, case folding beyond ASCII, parts of dates in a
 * time zone, and what the library of functions needs. Called once for each new connection.
 */
export function registerFunctions(connection: FunctionHost): void {
  const options = { deterministic: true }
  connection.function('nuages_regexp', options, (text: unknown, source: string | null) => matches(source, 'u', text))
  connection.function('nuages_iregexp', options, (text: unknown, source: string | null) => matches(source, 'iu', text))
  connection.function('nuages_fold', options, (text: unknown) => (text === null ? null : String(text).toLowerCase()))
  connection.function('nuages_part', options, part)
  connection.function('nuages_first_day', options, firstDay)
  registerTextFunctions(connection)
  registerDateFunctions(connection)
  registerAggregateFunctions(connection)
  registerUuidFunctions(connection)
  registerJsonFunctions(connection)
  registerSearchFunctions(connection)
}

const expressions = new Map<string, RegExp>()
const expressionLimit = 100

function matches(source: string | null, flags: string, text: unknown): number | null {
  if (text === null || source === null) return null
  const key = `${flags}/${source}`
  let expression = expressions.get(key)
  if (!expression) {
    expression = new RegExp(source, flags)
    if (expressions.size >= expressionLimit) expressions.clear()
    expressions.set(key, expression)
  }
  return expression.test(String(text)) ? 1 : 0
}

const calendarParts: Readonly<Record<string, (date: Temporal.PlainDate) => number | undefined>> = {
  year: (date) => date.year,
  isoYear: (date) => date.yearOfWeek,
  quarter: (date) => Math.ceil(date.month / 3),
  month: (date) => date.month,
  day: (date) => date.day,
  week: (date) => date.weekOfYear,
  // Django's week_day: Sunday is 1.
  weekDay: (date) => (date.dayOfWeek % 7) + 1,
  isoWeekDay: (date) => date.dayOfWeek,
}

const clockParts: Readonly<Record<string, number>> = { hour: 11, minute: 14, second: 17 }

/** `text` is a date, a time, or with `zone` a point in time in UTC. */
function part(name: string, text: string | null, zone: string | null): number | string | null {
  if (text === null) return null
  const local = zone === null || zone === 'UTC' ? text : inZone(text, zone)
  if (name === 'date') return local.slice(0, 10)
  if (name === 'time') return local.slice(11)
  const at = clockParts[name]
  if (at !== undefined) {
    const start = local.length < 19 ? at - 11 : local.charAt(2) === ':' ? at - 11 : at
    return Number(local.slice(start, start + 2))
  }
  if (name === 'year') return Number(local.slice(0, 4))
  if (name === 'month') return Number(local.slice(5, 7))
  if (name === 'day') return Number(local.slice(8, 10))
  return calendarParts[name]!(Temporal.PlainDate.from(local.slice(0, 10))) ?? null
}

/** The first day of the year, month, week or day that a point in time is in. */
function firstDay(period: DatePeriod, text: string | null, zone: string): string | null {
  if (text === null) return null
  const local = zone === 'UTC' ? text : inZone(text, zone)
  if (period === 'year') return `${local.slice(0, 4)}-01-01`
  if (period === 'month') return `${local.slice(0, 7)}-01`
  if (period === 'day') return local.slice(0, 10)
  const day = Temporal.PlainDate.from(local.slice(0, 10))
  return day.subtract({ days: day.dayOfWeek - 1 }).toString()
}

/** A point in time as the clocks of a zone show it; where that is beyond the years that have four digits, as those of UTC do. */
function inZone(text: string, zone: string): string {
  const local = instantFromSql(text).toZonedDateTimeISO(zone).toPlainDateTime().toString()
  if (!/^(?!0000)\d{4}-/.test(local)) return text
  const seconds = local.length === 16 ? `${local}:00` : local
  const [whole, fraction] = seconds.replace('T', ' ').split('.') as [string, string?]
  return fraction === undefined ? whole : `${whole}.${fraction.slice(0, 6).padEnd(6, '0')}`
}
