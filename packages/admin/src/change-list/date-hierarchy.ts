import { formatDate } from '@nuages/i18n'
import type { ModelMeta } from '@nuages/orm'
import { verboseNameOf } from '../columns/resolve-column.ts'
import { queryCondition } from '../filters/query-condition.ts'
import { capitalised } from '../model-admin/words.ts'
import type { AnyQuerySet } from '../options/any-model.ts'
import type { DateHierarchy } from '../pages/change-list-page.ts'
import type { Link } from '../pages/printable.ts'
import { BadListQuery } from './bad-list-query.ts'
import { type ListQuery, without } from './list-query.ts'

type Period = 'year' | 'month' | 'day'

const periods: readonly Period[] = ['year', 'month', 'day']

/** The parameters by which dates are gone through: `publishedAt__year`, `__month`, `__day`. */
export function hierarchyParameters(path: string): readonly string[] {
  return periods.map((period) => `${path}__${period}`)
}

/** The rows of the chosen year, month or day. Throws `BadListQuery`. */
export function narrowByDate(rows: AnyQuerySet, path: string, query: ListQuery): AnyQuerySet {
  const chosen = chosenDate(path, query)
  return Object.keys(chosen).reduce((narrowed, period) => {
    const name = `${path}__${period}`
    return narrowed.filter(queryCondition(rows.model.meta, name, query.get(name)!).condition)
  }, rows)
}

type ChosenDate = { readonly [P in Period]?: number }

/** A month without a year, or one that does not exist, is a mistake. */
function chosenDate(path: string, query: ListQuery): ChosenDate {
  const texts = hierarchyParameters(path).map((name) => query.get(name))
  const given = texts.indexOf(undefined)
  const count = given === -1 ? periods.length : given
  if (texts.slice(count).some((text) => text !== undefined))
    throw new BadListQuery('A month needs a year, a day a month.')
  const numbers = texts.slice(0, count).map(Number)
  const [year = 1, month = 1, day = 1] = numbers
  try {
    if (year < 1 || year > 9999) throw new RangeError(`No column holds the year ${year}.`)
    Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' })
  } catch (cause) {
    throw new BadListQuery(`There is no such date: ${numbers.join('-')}.`, { cause })
  }
  return Object.fromEntries(numbers.map((number, index) => [periods[index], number]))
}

const formats: Readonly<Record<Period, string>> = { year: 'Y', month: 'F', day: 'j' }
const trailFormats: Readonly<Record<Period, string>> = { year: 'Y', month: 'F Y', day: 'F j, Y' }

/**
 * What the page shows. Which periods have rows is asked where there are few rows; `many` rows are said to be everywhere, in
 * the years between the first and the last.
 */
export async function dateHierarchy(
  meta: ModelMeta,
  path: string,
  rows: AnyQuerySet,
  many: boolean,
  query: ListQuery,
): Promise<DateHierarchy> {
  const chosen = chosenDate(path, query)
  const depth = Object.keys(chosen).length
  const date = Temporal.PlainDate.from({ year: chosen.year ?? 1, month: chosen.month ?? 1, day: chosen.day ?? 1 })
  const allUrl = query.url(without(hierarchyParameters(path)))
  const trail = periods.slice(0, depth).map((period): Link => linkTo(path, date, period, trailFormats[period], query))
  const next = periods[depth]
  const dates = next === undefined ? [] : await datesBelow(path, date, next, rows, many)
  return {
    label: capitalised(verboseNameOf(meta.field(path)!)),
    trail,
    allUrl: depth === 0 ? null : allUrl,
    choices: dates.map((below) => linkTo(path, below, next!, formats[next!], query)),
    current: depth === periods.length ? trail.at(-1)!.label : null,
  }
}

function linkTo(path: string, date: Temporal.PlainDate, period: Period, format: string, query: ListQuery): Link {
  const names = periods.slice(0, periods.indexOf(period) + 1)
  const parameters = Object.fromEntries(names.map((name) => [`${path}__${name}`, date[name]]))
  return {
    label: formatDate(date, format),
    url: query.url({ ...without(hierarchyParameters(path)), ...parameters }),
  }
}

async function datesBelow(
  path: string,
  date: Temporal.PlainDate,
  period: Period,
  rows: AnyQuerySet,
  many: boolean,
): Promise<readonly Temporal.PlainDate[]> {
  if (!many) return rows.orderBy().dates(path, period)
  if (period === 'month') return Array.from({ length: 12 }, (_, index) => date.with({ month: index + 1 }))
  if (period === 'day') return Array.from({ length: date.daysInMonth }, (_, index) => date.with({ day: index + 1 }))
  return yearsBetweenEnds(rows.filter({ [`${path}__isnull`]: false }), path)
}

/** Reads the ends alone: an index answers that at once. */
async function yearsBetweenEnds(dated: AnyQuerySet, path: string): Promise<readonly Temporal.PlainDate[]> {
  const end = async (order: string): Promise<number | undefined> => {
    const [value] = await dated.orderBy(order).valuesList(path, { flat: true }).slice(0, 1)
    return yearOf(value)
  }
  const [from, to] = [await end(path), await end(`-${path}`)]
  if (from === undefined || to === undefined) return []
  return Array.from({ length: to - from + 1 }, (_, index) => {
    return Temporal.PlainDate.from({ year: from + index, month: 1, day: 1 })
  })
}

function yearOf(value: unknown): number | undefined {
  if (value instanceof Temporal.PlainDate) return value.year
  return value instanceof Temporal.Instant ? Number(formatDate(value, 'Y')) : undefined
}
