import { type DateValue, momentOf } from './date-value.ts'
import { ngettext, pgettext } from './translation/gettext.ts'

type Moment = Exclude<DateValue, Temporal.PlainTime>

const units: readonly ((count: number) => string)[] = [
  (count) => ngettext('{count} year', '{count} years', count),
  (count) => ngettext('{count} month', '{count} months', count),
  (count) => ngettext('{count} week', '{count} weeks', count),
  (count) => ngettext('{count} day', '{count} days', count),
  (count) => ngettext('{count} hour', '{count} hours', count),
  (count) => ngettext('{count} minute', '{count} minutes', count),
]
const minute = units.length - 1

/**
 * The time from `value` to `now` in at most `depth` neighbouring units: `'4 days, 6 hours'`, with no-break spaces between
 * number and unit. `'0 minutes'` when `value` is not in the past. Django's `timesince`.
 */
export function timeSince(value: Moment, now: Moment = Temporal.Now.instant(), depth = 2): string {
  const [start, end] = [momentOf(value), momentOf(now)]
  if (Temporal.ZonedDateTime.compare(start, end) >= 0) return counted(0, minute)
  const { years, months, days, hours, minutes } = start.until(end, { largestUnit: 'year' })
  const counts = [years, months, Math.floor(days / 7), days % 7, hours, minutes]
  const first = counts.findIndex((count) => count > 0)
  if (first === -1) return counted(0, minute)
  const shown: string[] = []
  for (let index = first; index < counts.length && shown.length < depth && counts[index]! > 0; index++) {
    shown.push(counted(counts[index]!, index))
  }
  return shown.join(pgettext('between units', ', '))
}

/** The time from `now` to `value`. Django's `timeuntil`. */
export function timeUntil(value: Moment, now: Moment = Temporal.Now.instant(), depth = 2): string {
  return timeSince(now, value, depth)
}

/** A number and its unit, on one line. */
function counted(count: number, unit: number): string {
  return units[unit]!(count).replaceAll(' ', '\u00a0')
}
