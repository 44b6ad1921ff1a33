import type { CustomTypesConfig } from 'pg'
import { microsecondsOf } from './interval.ts'

type Parse = (text: string) => unknown

const asText: Parse = (text) => text

/** A number where it holds the integer exactly. */
const integer: Parse = (text) => {
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : BigInt(text)
}

const bytes: Parse = (text) => Buffer.from(text.slice(2), 'hex')

/** `10000-01-01` and `0002-01-01 BC` as ISO 8601 writes them: other zones and sums lead beyond the years that columns hold. */
function isoYear(text: string): string {
  const [, year = '', rest = '', before] = /^(\d+)(-.*?)( BC)?$/.exec(text) ?? []
  if (year === '') return text
  const number = before ? 1 - Number(year) : Number(year)
  const digits = String(Math.abs(number))
  const isPlain = number >= 0 && number < 10_000
  return `${isPlain ? digits.padStart(4, '0') : `${number < 0 ? '-' : '+'}${digits.padStart(6, '0')}`}${rest}`
}

const calendarDay: Parse = (text) => (text.length === 10 ? text : isoYear(text))

/** In UTC, as the session is, the offset says nothing; SQL by hand may have set another zone. */
const pointInTime: Parse = (given) => {
  const text = given[4] === '-' && !given.endsWith('C') ? given : isoYear(given)
  if (text.endsWith('+00')) return text.slice(0, -3)
  if (!/[+-]\d\d(?::\d\d){0,2}$/.test(text)) return text
  return Temporal.Instant.from(text.replace(' ', 'T')).toString().replace('T', ' ').slice(0, -1)
}

/**
 * How a value crosses from the driver, by the number of its type: as fields read it. Dates, decimals and JSON stay text, which
 * fields read without loss.
 */
const parsers = new Map<number, Parse>([
  [16, (text) => text === 't'],
  [17, bytes],
  [20, integer],
  [21, Number],
  [23, Number],
  [26, Number],
  [700, Number],
  [701, Number],
  [1082, calendarDay],
  [1114, pointInTime],
  [1184, pointInTime],
  [1186, microsecondsOf],
])

/** Types of arrays, by number, with that of their elements. */
const elements: readonly (readonly [array: number, element: number])[] = [
  [1000, 16],
  [1001, 17],
  [1005, 21],
  [1007, 23],
  [1016, 20],
  [1021, 700],
  [1022, 701],
  [1028, 26],
  [1002, 18],
  [1003, 19],
  [1009, 25],
  [1014, 1042],
  [1015, 1043],
  [199, 114],
  [3807, 3802],
  [1041, 869],
  [651, 650],
  [1115, 1114],
  [1182, 1082],
  [1183, 1083],
  [1185, 1184],
  [1187, 1186],
  [1231, 1700],
  [2951, 2950],
]

/** The types of a connection. `parseArray` is the driver's reader of array literals. */
export function typeParsers(parseArray: (text: string, parse: Parse) => unknown): CustomTypesConfig {
  const all = new Map(parsers)
  for (const [array, element] of elements) {
    const parse = parsers.get(element) ?? asText
    all.set(array, (text) => parseArray(text, parse))
  }
  return { getTypeParser: ((oid: number) => all.get(oid) ?? asText) as CustomTypesConfig['getTypeParser'] }
}
