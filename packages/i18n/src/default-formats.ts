import { formatDate } from './date-format.ts'
import type { DateValue } from './date-value.ts'
import { findTranslation } from './translation/translations.ts'

/** Django's formats of American English, by the names of its settings. */
export const namedFormats: Readonly<Record<string, string>> = {
  DATE_FORMAT: 'N j, Y',
  DATETIME_FORMAT: 'N j, Y, P',
  TIME_FORMAT: 'P',
  YEAR_MONTH_FORMAT: 'F Y',
  MONTH_DAY_FORMAT: 'F j',
  SHORT_DATE_FORMAT: 'm/d/Y',
  SHORT_DATETIME_FORMAT: 'm/d/Y P',
}

/**
 * The format of that name in the active language, such as `'DATE_FORMAT'`; `undefined` where there is no such name. A catalogue has it
 * as a message of the context `format`. Django's `get_format`.
 */
export function namedFormat(name: string): string | undefined {
  if (!Object.hasOwn(namedFormats, name)) return undefined
  return findTranslation('format', name)?.forms[0] ?? namedFormats[name]
}

/** A date, time or moment as it is shown where no format is asked for: `Nov. 5, 2026, 4:30 p.m.`. Django's `localize`. */
export function formatDefault(value: DateValue): string {
  if (value instanceof Temporal.PlainDate) return formatDate(value, namedFormat('DATE_FORMAT')!)
  if (value instanceof Temporal.PlainTime) return formatDate(value, namedFormat('TIME_FORMAT')!)
  return formatDate(value, namedFormat('DATETIME_FORMAT')!)
}
