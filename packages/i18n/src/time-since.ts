import { type DateValue, momentOf } from './date-value.ts'

type Moment = Exclude<DateValue, Temporal.PlainTime>

const units = ['year', 'month', 'week', 'day', 'hour', 'minute'] as const

/**
 * The time from `value` to `now` in at most `depth` neighbouring units: `'4 days, 6 hours'`, with no-break spaces between
 * number and unit. `'0 minutes'` when `value` is not in the past. Django's `timesince`.
 */
export function timeSince(value: Moment, now: Moment = Temporal.Now.instant(), depth = 2): string {
  const [start, end] = [momentOf(value), momentOf(now)]
  if (Temporal.ZonedDateTime.compare(start, end) >= 0) return counted(0, 'minute')
  const { years, months, days, hours, minutes } = start.until(end, { largestUnit: 'year' })
  const counts = [years, months, Math.floor(days / 7), days % 7, hours, minutes]
  const first = counts.findIndex((count) => count > 0)
  if (first === -1) return counted(0, 'minute')
  const shown: string[] = []
  for (let index = first; index < counts.length && shown.length < depth && counts[index]! > 0; index++) {
    shown.push(counted(counts[index]!, units[index]!))
  }
  return shown.join(', ')
}

/** The time from `now` to `value`. Django's `timeuntil`. */
export function timeUntil(value: Moment, now: Moment = Temporal.Now.instant(), depth = 2): string {
  return timeSince(now, value, depth)
}

function counted(count: number, unit: string): string {
  return `${count}\u00a0${unit}${count === 1 ? '' : 's'}`
}
