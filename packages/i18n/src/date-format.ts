import { withArticle } from '@nuages/foundation'
import { monthName, weekdayName } from './date-names.ts'
import { type DateValue, localized } from './date-value.ts'
import { monthNames as englishMonths, weekdayNames as englishWeekdays, ordinalSuffix } from './english-names.ts'
import { FormatError } from './errors.ts'
import { pgettext } from './translation/gettext.ts'
import { offsetSeconds, offsetText, zoneAbbreviation } from './zone-format.ts'

type Local = Exclude<DateValue, Temporal.Instant | Date>
type WithDate = Temporal.PlainDate | Temporal.PlainDateTime | Temporal.ZonedDateTime
type WithTime = Temporal.PlainTime | Temporal.PlainDateTime | Temporal.ZonedDateTime

const dateCharacters: Readonly<Record<string, (date: WithDate) => string | number>> = {
  d: ({ day }) => two(day),
  j: ({ day }) => day,
  S: ({ day }) => ordinalSuffix(day),
  D: ({ dayOfWeek }) => weekdayName(dayOfWeek, 'short'),
  l: ({ dayOfWeek }) => weekdayName(dayOfWeek),
  w: ({ dayOfWeek }) => dayOfWeek % 7,
  z: ({ dayOfYear }) => dayOfYear,
  W: ({ weekOfYear }) => weekOfYear!,
  m: ({ month }) => two(month),
  n: ({ month }) => month,
  M: ({ month }) => monthName(month, 'short'),
  b: ({ month }) => monthName(month, 'short').toLowerCase(),
  E: ({ month }) => monthName(month, 'standalone'),
  F: ({ month }) => monthName(month),
  N: ({ month }) => monthName(month, 'press'),
  t: ({ daysInMonth }) => daysInMonth,
  y: ({ year }) => two(Math.abs(year) % 100),
  Y: ({ year }) => fourDigitYear(year),
  o: ({ yearOfWeek }) => fourDigitYear(yearOfWeek!),
  L: ({ inLeapYear }) => (inLeapYear ? 'True' : 'False'),
}

const timeCharacters: Readonly<Record<string, (time: WithTime) => string | number>> = {
  g: ({ hour }) => hour % 12 || 12,
  G: ({ hour }) => hour,
  h: ({ hour }) => two(hour % 12 || 12),
  H: ({ hour }) => two(hour),
  i: ({ minute }) => two(minute),
  s: ({ second }) => two(second),
  u: (time) => String(microseconds(time)).padStart(6, '0'),
  a: ({ hour }) => halfDay(hour),
  A: ({ hour }) => (hour < 12 ? pgettext('time', 'AM') : pgettext('time', 'PM')),
  f: shortTime,
  P: (time) => {
    if (time.minute === 0 && time.hour === 0) return pgettext('time', 'midnight')
    if (time.minute === 0 && time.hour === 12) return pgettext('time', 'noon')
    return pgettext('time', '{time} {half}', { time: shortTime(time), half: halfDay(time.hour) })
  },
}

/** Nothing for a value that is in no zone. */
const zoneCharacters: Readonly<Record<string, (moment: Temporal.ZonedDateTime) => string | number>> = {
  e: zoneAbbreviation,
  T: zoneAbbreviation,
  I: (moment) => (isSummerTime(moment) ? 1 : 0),
  O: (moment) => offsetText(offsetSeconds(moment)),
  Z: offsetSeconds,
  U: ({ epochMilliseconds }) => Math.floor(epochMilliseconds / 1000),
}

/**
 * Shows a date, a time or a moment by Django's format characters: `formatDate(value, 'j F Y, H:i')`. A backslash keeps the
 * character after it. A moment is shown in the active time zone. Throws `FormatError` for a character that needs a date of
 * a value without one, or a time.
 */
export function formatDate(value: DateValue, format: string): string {
  const local = localized(value)
  return format.replace(/\\(.)|[a-zA-Z]/gsu, (character, kept: string | undefined) => {
    return kept ?? String(formatCharacter(local, character, format))
  })
}

function formatCharacter(local: Local, character: string, format: string): string | number {
  const ofDate = dateCharacters[character]
  if (ofDate) {
    if (local instanceof Temporal.PlainTime) throw unsuited(character, format, 'a date', local)
    return ofDate(local)
  }
  const ofTime = timeCharacters[character]
  if (ofTime) {
    if (local instanceof Temporal.PlainDate) throw unsuited(character, format, 'a time', local)
    return ofTime(local)
  }
  const ofZone = zoneCharacters[character]
  if (ofZone) return local instanceof Temporal.ZonedDateTime ? ofZone(local) : ''
  if (character === 'c') return isoFormat(local)
  if (character === 'r') return mailFormat(local, format)
  return character
}

function unsuited(character: string, format: string, needs: string, got: object): FormatError {
  return new FormatError(
    `'${character}' in the date format '${format}' needs ${needs}, and the value is ${withArticle(got.constructor.name)}: ${got}`,
  )
}

/** RFC 5322, as in mail, which is English whatever is active: `'Thu, 21 Dec 2000 16:01:07 +0200'`. */
function mailFormat(local: Local, format: string): string {
  if (local instanceof Temporal.PlainTime) throw unsuited('r', format, 'a date', local)
  const full = local instanceof Temporal.PlainDate ? local.toPlainDateTime() : local
  const zone = full instanceof Temporal.ZonedDateTime ? offsetText(offsetSeconds(full)) : '-0000'
  const [day, month] = [englishWeekdays[full.dayOfWeek - 1]!.slice(0, 3), englishMonths[full.month - 1]!.slice(0, 3)]
  return `${day}, ${full.day} ${month} ${formatDate(full, 'Y H:i:s')} ${zone}`
}

/** ISO 8601, with microseconds where there are any. */
function isoFormat(local: Local): string {
  if (local instanceof Temporal.PlainDate) return local.toString()
  const smallestUnit = microseconds(local) === 0 ? 'second' : 'microsecond'
  if (local instanceof Temporal.ZonedDateTime) return local.toString({ smallestUnit, timeZoneName: 'never' })
  return local.toString({ smallestUnit })
}

function isSummerTime(moment: Temporal.ZonedDateTime): boolean {
  const offsets = [1, 7].map((month) => moment.with({ month, day: 1 }).offsetNanoseconds)
  return moment.offsetNanoseconds > Math.min(...offsets)
}

function halfDay(hour: number): string {
  return hour < 12 ? pgettext('time', 'a.m.') : pgettext('time', 'p.m.')
}

function shortTime(time: WithTime): string {
  const hour = time.hour % 12 || 12
  return time.minute === 0 ? String(hour) : `${hour}:${two(time.minute)}`
}

function microseconds({ millisecond, microsecond }: WithTime): number {
  return millisecond * 1000 + microsecond
}

function fourDigitYear(year: number): string {
  return `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}`
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}
