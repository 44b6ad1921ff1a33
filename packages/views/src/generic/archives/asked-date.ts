import { Http404, type HttpRequest } from '@nuages/http'
import { isInRange } from './date-span.ts'

/** Where the numbers of a date come from: the view's own properties, the URL, the query. */
export interface DateSource {
  readonly request: HttpRequest
  readonly params: unknown
  readonly year?: number | undefined
  readonly month?: number | undefined
  readonly day?: number | undefined
  readonly week?: number | undefined
}

/** How weeks are numbered, by the names of `strftime`: ISO's, from the first Monday on, from the first Sunday on. */
export type WeekFormat = '%V' | '%W' | '%U'

/** The number that a request asks for. Throws `Http404` where there is none. */
export function askedNumber(view: DateSource, name: 'year' | 'month' | 'day' | 'week'): number {
  const params = view.params as Readonly<Record<string, unknown>>
  const value = view[name] ?? params[name] ?? view.request.query.get(name)
  if (value === undefined || value === null) throw new Http404(`The URL gives no ${name}.`)
  if (typeof value === 'number' && Number.isInteger(value)) return value
  if (typeof value === 'string' && /^\d{1,4}$/.test(value)) return Number(value)
  throw new Http404(`'${String(value).slice(0, 40)}' is no ${name}.`)
}

/** The date of these numbers. Throws `Http404` for one that the calendar does not have. */
export function dateOr404(year: number, month = 1, day = 1): Temporal.PlainDate {
  try {
    const date = Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' })
    if (isInRange(date)) return date
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
  }
  throw new Http404(`There is no date ${year}-${month}-${day}.`)
}

/** The first weekday of the weeks of a format, 1 being Monday. */
export function firstWeekday(format: WeekFormat): number {
  return format === '%U' ? 7 : 1
}

/** The first day of a week. Throws `Http404` for one that the year does not have. */
export function weekOr404(year: number, week: number, format: WeekFormat): Temporal.PlainDate {
  const newYear = dateOr404(year)
  const first = format === '%V' ? firstIsoWeek(newYear) : firstWholeWeek(newYear, firstWeekday(format))
  const start = week > 53 ? undefined : first.add({ weeks: week - 1 })
  if (start !== undefined && isWeekOf(year, week, start, format)) return start
  throw new Http404(`The year ${year} has no week ${week}.`)
}

/** The week with the year's first Thursday. */
function firstIsoWeek(newYear: Temporal.PlainDate): Temporal.PlainDate {
  const fourth = newYear.with({ day: 4 })
  return fourth.subtract({ days: fourth.dayOfWeek - 1 })
}

function firstWholeWeek(newYear: Temporal.PlainDate, weekday: number): Temporal.PlainDate {
  return newYear.add({ days: (weekday - newYear.dayOfWeek + 7) % 7 })
}

/** Days before the first whole week are week 0, so that a week may begin in the year before. */
function isWeekOf(year: number, week: number, start: Temporal.PlainDate, format: WeekFormat): boolean {
  if (format === '%V') return start.yearOfWeek === year && start.weekOfYear === week
  return start.year === year || start.add({ days: 6 }).year === year
}
