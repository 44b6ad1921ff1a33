import { monthNames as englishMonths, weekdayNames as englishWeekdays, pressMonths } from './english-names.ts'
import { pgettext } from './translation/gettext.ts'

/** How a name of a month stands in a date. English has three letters for `short`; some languages decline `standalone`. */
export type MonthStyle = 'long' | 'short' | 'press' | 'standalone'

const contexts = {
  long: 'month',
  short: 'short month',
  press: 'press month',
  standalone: 'month standing alone',
} as const

/** The name of a month, counted from 1, in the active language. */
export function monthName(month: number, style: MonthStyle = 'long'): string {
  const long = englishMonths[month - 1]!
  const english = style === 'short' ? long.slice(0, 3) : style === 'press' ? pressMonths[month - 1]! : long
  return pgettext(contexts[style], english)
}

/** The names of the months, January first, in the active language. */
export function monthNames(): readonly string[] {
  return englishMonths.map((_, index) => monthName(index + 1))
}

/** The name of a day of the week, Monday being 1, in the active language. */
export function weekdayName(day: number, style: 'long' | 'short' = 'long'): string {
  const long = englishWeekdays[day - 1]!
  return style === 'long' ? pgettext('weekday', long) : pgettext('short weekday', long.slice(0, 3))
}
