import { instantFromSql, instantToSql, timeToSql } from '../../fields/temporal-text.ts'
import type { DatePeriod } from '../../lookups/date-period.ts'

type SqlFunction = (...args: never[]) => unknown

/** The part of a better-sqlite3 connection that this needs. */
interface FunctionHost {
  function(name: string, options: { deterministic: boolean }, implementation: SqlFunction): unknown
}

/**
 * Gives a connection the functions that the dialect calls: regular expressions, case folding beyond ASCII, and parts of
 * dates in a time zone. Called once for each new connection.
 */
export function registerFunctions(connection: FunctionHost): void {
  const options = { deterministic: true }
  connection.function('nuages_regexp', options, (text: unknown, source: string | null) => matches(source, 'u', text))
  connection.function('nuages_iregexp', options, (text: unknown, source: string | null) => matches(source, 'iu', text))
  connection.function('nuages_fold', options, (text: unknown) => (text === null ? null : String(text).toLowerCase()))
  connection.function('nuages_part', options, part)
  connection.function('nuages_first_day', options, firstDay)
  connection.function('nuages_moved', options, moved)
  connection.function('nuages_between', options, between)
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

/** A date, a time or a point in time, some microseconds later. A date becomes a point in time, a time stays within its day. */
function moved(text: string | null, microseconds: number | null): string | null {
  if (text === null || microseconds === null) return null
  const length = { microseconds: Math.round(microseconds) }
  if (text.charAt(2) === ':') return timeToSql(Temporal.PlainTime.from(text).add(length))
  return instantToSql(momentOf(text).add(length))
}

/** The microseconds from one date, time or point in time to another. */
function between(end: string | null, start: string | null): bigint | null {
  if (end === null || start === null) return null
  return (momentOf(end).epochNanoseconds - momentOf(start).epochNanoseconds) / 1000n
}

function momentOf(text: string): Temporal.Instant {
  if (text.charAt(2) === ':') return instantFromSql(`1970-01-01 ${text}`)
  return instantFromSql(text.length === 10 ? `${text} 00:00:00` : text)
}
