import { instantFromSql, instantToSql, timeToSql } from '../../fields/temporal-text.ts'
import type { FunctionHost, SqlFunction } from './function-host.ts'
import { registerStrict } from './text-functions.ts'

const isTime = (text: string): boolean => text.charAt(2) === ':'

/** A date is its first moment, in UTC. */
function instantOf(text: string): Temporal.Instant {
  return instantFromSql(text.length === 10 ? `${text} 00:00:00` : text)
}

/** A date, time or point in time, and microseconds later. A time goes round the clock, a date becomes a point in time. */
function moved(text: string, microseconds: number): string {
  // A mean has fractions.
  const length = { microseconds: Math.round(microseconds) }
  if (isTime(text)) return timeToSql(Temporal.PlainTime.from(text).add(length))
  return instantToSql(instantOf(text).add(length))
}

/** The microseconds from the second to the first. */
function between(end: string, start: string): number | bigint {
  if (isTime(end)) {
    return Temporal.PlainTime.from(end).since(Temporal.PlainTime.from(start)).total('microseconds')
  }
  const difference = (instantOf(end).epochNanoseconds - instantOf(start).epochNanoseconds) / 1000n
  return Number.isSafeInteger(Number(difference)) ? Number(difference) : difference
}

const dateUnits = {
  year: (date: Temporal.PlainDate) => date.with({ month: 1, day: 1 }),
  quarter: (date: Temporal.PlainDate) => date.with({ month: Math.floor((date.month - 1) / 3) * 3 + 1, day: 1 }),
  month: (date: Temporal.PlainDate) => date.with({ day: 1 }),
  week: (date: Temporal.PlainDate) => date.subtract({ days: date.dayOfWeek - 1 }),
  day: (date: Temporal.PlainDate) => date,
} as const

/** The start of the period that a point in time is in, as the clocks of a zone show it. */
function truncated(period: string, text: string, zone: string): string {
  const local = instantOf(text).toZonedDateTimeISO(zone)
  const toDate = dateUnits[period as keyof typeof dateUnits]
  const start = toDate
    ? toDate(local.toPlainDate()).toZonedDateTime(zone)
    : local.round({ smallestUnit: period as 'hour', roundingMode: 'trunc' })
  return instantToSql(start.toInstant())
}

/** As PostgreSQL writes a point in time in JSON. */
function isoInstant(text: string): string {
  const [whole, fraction] = text.replace(' ', 'T').split('.') as [string, string?]
  const digits = fraction?.replace(/0+$/, '') ?? ''
  return `${whole}${digits === '' ? '' : `.${digits}`}+00:00`
}

const functions: Readonly<Record<string, SqlFunction>> = {
  nuages_moved: moved,
  nuages_between: between,
  nuages_trunc: truncated,
  nuages_instant: (text: unknown) => instantToSql(instantOf(String(text))),
  nuages_iso_instant: isoInstant,
}

/** Arithmetic of dates and times, and the starts of periods. */
export function registerDateFunctions(host: FunctionHost): void {
  for (const [name, implementation] of Object.entries(functions)) registerStrict(host, name, implementation)
}
