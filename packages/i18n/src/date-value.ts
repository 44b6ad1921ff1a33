import { currentTimeZone } from './time-zone.ts'

/** Everything that can be shown as a date, a time, or both. */
export type DateValue =
  | Temporal.Instant
  | Temporal.ZonedDateTime
  | Temporal.PlainDateTime
  | Temporal.PlainDate
  | Temporal.PlainTime
  | Date

export function isDateOrTime(value: unknown): value is DateValue {
  return (
    value instanceof Temporal.Instant ||
    value instanceof Temporal.PlainDate ||
    value instanceof Temporal.PlainDateTime ||
    value instanceof Temporal.ZonedDateTime ||
    value instanceof Temporal.PlainTime ||
    value instanceof Date
  )
}

/** A value as what it shows: moments (`Instant`, `ZonedDateTime`, `Date`) in the active time zone, the others as they are. */
export function localized(value: DateValue): Exclude<DateValue, Temporal.Instant | Date> {
  if (value instanceof Temporal.Instant) return value.toZonedDateTimeISO(currentTimeZone())
  if (value instanceof Date) return value.toTemporalInstant().toZonedDateTimeISO(currentTimeZone())
  if (value instanceof Temporal.ZonedDateTime) return value.withTimeZone(currentTimeZone())
  return value
}

/** The moment a value stands for: a date without a time is its first moment, in the active time zone. */
export function momentOf(value: Exclude<DateValue, Temporal.PlainTime>): Temporal.ZonedDateTime {
  const local = localized(value)
  if (local instanceof Temporal.ZonedDateTime) return local
  return (local as Temporal.PlainDate | Temporal.PlainDateTime).toZonedDateTime(currentTimeZone())
}
