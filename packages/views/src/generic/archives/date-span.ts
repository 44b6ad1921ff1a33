import { currentTimeZone } from '@nuages/i18n'
import type { DatePeriod } from '@nuages/orm'

/** Days in a row: from the first up to, and without, `until`. */
export interface DateSpan {
  readonly first: Temporal.PlainDate
  readonly until: Temporal.PlainDate
}

/** The years that columns hold. */
const firstYear = 1
const lastYear = 9999

const lengths: Readonly<Record<DatePeriod, Temporal.DurationLike>> = {
  year: { years: 1 },
  month: { months: 1 },
  week: { weeks: 1 },
  day: { days: 1 },
}

/** The period that begins on `first`. */
export function spanOf(period: DatePeriod, first: Temporal.PlainDate): DateSpan {
  return { first, until: first.add(lengths[period]) }
}

/** The year, month, week or day that `day` is in. Weeks begin on `firstWeekday`: 1 is Monday, 7 is Sunday. */
export function spanAround(period: DatePeriod, day: Temporal.PlainDate, firstWeekday = 1): DateSpan {
  if (period === 'year') return spanOf(period, day.with({ month: 1, day: 1 }))
  if (period === 'month') return spanOf(period, day.with({ day: 1 }))
  if (period === 'day') return spanOf(period, day)
  return spanOf(period, day.subtract({ days: (day.dayOfWeek - firstWeekday + 7) % 7 }))
}

/** Whether columns can hold the day. */
export function isInRange(day: Temporal.PlainDate): boolean {
  return day.year >= firstYear && day.year <= lastYear
}

/** Where a day begins, as the column holds it; `undefined` for what no column holds, beyond which there are no rows. */
export function startOf(day: Temporal.PlainDate, moment: boolean): Temporal.PlainDate | Temporal.Instant | undefined {
  if (!isInRange(day)) return undefined
  if (!moment) return day
  const start = day.toZonedDateTime(currentTimeZone())
  return isInRange(start.withTimeZone('UTC').toPlainDate()) ? start.toInstant() : undefined
}

/**
 * The conditions that say a date is in the span, for `filter`: two comparisons of the column itself, so that an index
 * answers. The days of points in time begin and end in the active time zone, whatever the clock does on them.
 */
export function spanConditions(dateField: string, moment: boolean, span: DateSpan): Readonly<Record<string, unknown>> {
  const from = startOf(span.first, moment)
  const until = startOf(span.until, moment)
  return {
    ...(from === undefined ? {} : { [`${dateField}__gte`]: from }),
    ...(until === undefined ? {} : { [`${dateField}__lt`]: until }),
    // Without either bound, a row without a date would be in it.
    ...(from === undefined && until === undefined ? { [`${dateField}__isnull`]: false } : {}),
  }
}

/** The present as the column holds it. */
export function present(moment: boolean): Temporal.PlainDate | Temporal.Instant {
  return moment ? Temporal.Now.instant() : today()
}

/** Today in the active time zone. */
export function today(): Temporal.PlainDate {
  return Temporal.Now.plainDateISO(currentTimeZone())
}

/** The day of a column's value, in UTC where that in the active time zone is beyond the years that columns hold. */
export function dayOf(value: Temporal.PlainDate | Temporal.Instant): Temporal.PlainDate {
  if (value instanceof Temporal.PlainDate) return value
  const day = value.toZonedDateTimeISO(currentTimeZone()).toPlainDate()
  return isInRange(day) ? day : value.toZonedDateTimeISO('UTC').toPlainDate()
}
