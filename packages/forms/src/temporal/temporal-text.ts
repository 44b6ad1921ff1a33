import { currentTimeZone } from '@nuages/i18n'
import { plainText } from '../rendering/plain-text.ts'

/** A date as inputs have it, `2026-07-01`; what is no date stays as it is. */
export function dateText(value: unknown): string {
  const date = value instanceof Temporal.Instant ? inZone(value).toPlainDate() : value
  if (date instanceof Temporal.PlainDate) return date.toString({ calendarName: 'never' })
  return plainText(date)
}

/** A time as inputs have it, without fractions of a second: `09:30` or `09:30:15`. */
export function timeText(value: unknown): string {
  const time = value instanceof Temporal.Instant ? inZone(value).toPlainTime() : value
  return time instanceof Temporal.PlainTime ? timePart(time) : plainText(time)
}

/** A moment as inputs have it, in the active time zone: `2026-07-01T09:30`. */
export function localDateTimeText(value: unknown): string {
  if (value instanceof Temporal.Instant) return localDateTimeText(inZone(value).toPlainDateTime())
  if (!(value instanceof Temporal.PlainDateTime)) return plainText(value)
  return `${dateText(value.toPlainDate())}T${timePart(value.toPlainTime())}`
}

function timePart(time: Temporal.PlainTime): string {
  return time.toString({ smallestUnit: time.second > 0 ? 'second' : 'minute', roundingMode: 'trunc' })
}

function inZone(instant: Temporal.Instant): Temporal.ZonedDateTime {
  return instant.toZonedDateTimeISO(currentTimeZone())
}
