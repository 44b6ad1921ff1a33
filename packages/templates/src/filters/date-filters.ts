import { type DateValue, formatDate, isDateOrTime, namedFormat, timeSince, timeUntil } from '@nuages/i18n'
import { TemplateError } from '../errors.ts'
import { textOf } from './filter-text.ts'

type Moment = Exclude<DateValue, Temporal.PlainTime>

function dateOf(value: unknown, filter: string): DateValue | undefined {
  if (value === null || value === undefined || value === '') return undefined
  if (isDateOrTime(value)) return value
  throw new TemplateError(`the filter '${filter}' takes a date or a time, and got ${typeof value}: ${textOf(value)}`, {
    hint: 'Temporal values and Date are dates; a text is made one with Temporal.PlainDate.from() in the view.',
  })
}

function momentOf(value: unknown, filter: string): Moment | undefined {
  const date = dateOf(value, filter)
  if (!(date instanceof Temporal.PlainTime)) return date
  throw new TemplateError(`the filter '${filter}' takes a date, and got the time ${date}, which belongs to no day`)
}

function formatted(filter: string, value: unknown, format: unknown): string {
  const date = dateOf(value, filter)
  const text = textOf(format)
  return date === undefined ? '' : formatDate(date, namedFormat(text) ?? text)
}

/** What `now` may be in `{{ date | timesince(now) }}`. */
function comparison(value: unknown, filter: string): [] | [Moment] {
  const moment = momentOf(value, filter)
  return moment === undefined ? [] : [moment]
}

export const dateFilters = {
  date: (value: unknown, format: unknown = 'DATE_FORMAT') => formatted('date', value, format),
  time: (value: unknown, format: unknown = 'TIME_FORMAT') => formatted('time', value, format),
  timesince(value: unknown, now?: unknown): string {
    const moment = momentOf(value, 'timesince')
    return moment === undefined ? '' : timeSince(moment, ...comparison(now, 'timesince'))
  },
  timeuntil(value: unknown, now?: unknown): string {
    const moment = momentOf(value, 'timeuntil')
    return moment === undefined ? '' : timeUntil(moment, ...comparison(now, 'timeuntil'))
  },
}

/** `{% now 'j F Y' %}` */
export function nowTag(_context: unknown, [format = 'DATETIME_FORMAT']: readonly unknown[]): string {
  return formatted('now', Temporal.Now.instant(), format)
}
