import { currentTimeZone } from '@nuages/i18n'

const date = String.raw`(?!0000)\d{4}-\d{2}-\d{2}`
const time = String.raw`\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,6})?)?`
const offset = String.raw`[Zz]|[+-]\d{2}(?::?\d{2})?`

const datePattern = new RegExp(`^${date}$`)
const timePattern = new RegExp(`^${time}$`)
const dateTimePattern = new RegExp(`^(?<day>${date})(?:[Tt ](?<time>${time})(?: ?(?<offset>${offset}))?)?$`)

/** A date of the years 1 to 9999, as inputs send it; `undefined` for anything else. A day that is not throws a RangeError. */
export function parseDate(text: string): Temporal.PlainDate | undefined {
  return datePattern.test(text) ? Temporal.PlainDate.from(text) : undefined
}

/** `09:30`, `09:30:15`, `09:30:15.250`; `undefined` for anything else. */
export function parseTime(text: string): Temporal.PlainTime | undefined {
  // A second 60 is not one: Temporal would make it 59.
  return timePattern.test(text) && !/:6\d/.test(text) ? Temporal.PlainTime.from(text) : undefined
}

/** What a text says of a moment: the clock on the wall, and where it hangs, if it says so. */
export interface WrittenMoment {
  readonly local: Temporal.PlainDateTime
  readonly offset: string | undefined
}

/** A date with a time, or a date alone for its beginning; `undefined` for anything else. */
export function parseDateTime(text: string): WrittenMoment | undefined {
  const parts = dateTimePattern.exec(text)?.groups
  if (!parts) return undefined
  const day = parseDate(parts['day']!)
  const clock = parseTime(parts['time'] ?? '00:00')
  return day && clock && { local: day.toPlainDateTime(clock), offset: parts['offset'] }
}

/** The moments at which the clocks of the active time zone show it: one, or none and two where they are put forward or back. */
export function momentsOf(local: Temporal.PlainDateTime): readonly Temporal.Instant[] {
  const [earlier, later] = (['earlier', 'later'] as const).map((disambiguation) =>
    local.toZonedDateTime(currentTimeZone(), { disambiguation }),
  ) as [Temporal.ZonedDateTime, Temporal.ZonedDateTime]
  const shown = [earlier, later].filter((moment) => moment.toPlainDateTime().equals(local))
  return earlier.equals(later) ? [earlier.toInstant()] : shown.map((moment) => moment.toInstant())
}
