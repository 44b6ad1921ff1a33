import { describe, expect, test } from 'vitest'
import { formatDate, formatDefault, isDateOrTime, withTimeZone } from '../src/index.ts'

const berlin = <R>(fn: () => R): R => withTimeZone('Europe/Berlin', fn)
const summer = Temporal.Instant.from('2008-07-03T20:05:09.000123Z')
const winter = Temporal.Instant.from('2026-01-05T23:00:00Z')

describe('the characters, of a moment in the active time zone', () => {
  test.for([
    // Day
    ['d', '03', '06'],
    ['j', '3', '6'],
    ['D', 'Thu', 'Tue'],
    ['l', 'Thursday', 'Tuesday'],
    ['S', 'rd', 'th'],
    ['w', '4', '2'],
    ['z', '185', '6'],
    // Week, month, year
    ['W', '27', '2'],
    ['m', '07', '01'],
    ['n', '7', '1'],
    ['M', 'Jul', 'Jan'],
    ['b', 'jul', 'jan'],
    ['E', 'July', 'January'],
    ['F', 'July', 'January'],
    ['N', 'July', 'Jan.'],
    ['t', '31', '31'],
    ['y', '08', '26'],
    ['Y', '2008', '2026'],
    ['o', '2008', '2026'],
    ['L', 'True', 'False'],
    // Time
    ['g', '10', '12'],
    ['G', '22', '0'],
    ['h', '10', '12'],
    ['H', '22', '00'],
    ['i', '05', '00'],
    ['s', '09', '00'],
    ['u', '000123', '000000'],
    ['a', 'p.m.', 'a.m.'],
    ['A', 'PM', 'AM'],
    ['f', '10:05', '12'],
    ['P', '10:05 p.m.', 'midnight'],
    // Zone
    ['e', 'CEST', 'CET'],
    ['T', 'CEST', 'CET'],
    ['I', '1', '0'],
    ['O', '+0200', '+0100'],
    ['Z', '7200', '3600'],
    ['U', '1215115509', '1767654000'],
    // Whole
    ['c', '2008-07-03T22:05:09.000123+02:00', '2026-01-06T00:00:00+01:00'],
    ['r', 'Thu, 3 Jul 2008 22:05:09 +0200', 'Tue, 6 Jan 2026 00:00:00 +0100'],
    ['j F Y, H:i', '3 July 2008, 22:05', '6 January 2026, 00:00'],
    ['\\Y\\e\\a\\r: Y, x', 'Year: 2008, x', 'Year: 2026, x'],
  ])('%s', ([format, inSummer, inWinter]) => {
    expect(berlin(() => formatDate(summer, format!))).toBe(inSummer)
    expect(berlin(() => formatDate(winter, format!))).toBe(inWinter)
  })
})

test('the same moment on both sides of the date line', () => {
  expect(withTimeZone('Pacific/Kiritimati', () => formatDate(winter, 'D j, H:i O'))).toBe('Tue 6, 13:00 +1400')
  expect(withTimeZone('Pacific/Pago_Pago', () => formatDate(winter, 'D j, H:i O'))).toBe('Mon 5, 12:00 -1100')
  expect(withTimeZone('Asia/Kathmandu', () => formatDate(winter, 'O Z T'))).toBe('+0545 20700 GMT+5:45')
  expect(withTimeZone('America/New_York', () => formatDate(summer, 'T I'))).toBe('EDT 1')
  expect(withTimeZone('Australia/Sydney', () => formatDate(winter, 'T I'))).toBe('AEDT 1')
  expect(formatDate(winter, 'T e O')).toBe('UTC UTC +0000')
})

test('the hour that summer time repeats, and the one it skips', () => {
  const shown = (instant: string): string => berlin(() => formatDate(Temporal.Instant.from(instant), 'H:i T'))
  expect(['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'].map(shown)).toEqual(['02:30 CEST', '02:30 CET'])
  expect(['2026-03-29T00:59:00Z', '2026-03-29T01:00:00Z'].map(shown)).toEqual(['01:59 CET', '03:00 CEST'])
})

test('years before the common era, with few digits, and with many', () => {
  const shown = (date: string): string => formatDate(Temporal.PlainDate.from(date), 'Y y j')
  expect(['-000044-03-15', '0033-04-03', '+012026-01-01'].map(shown)).toEqual([
    '-0044 44 15',
    '0033 33 3',
    '12026 26 1',
  ])
})

test('the ISO year of the days around new year', () => {
  const shown = (date: string): string => formatDate(Temporal.PlainDate.from(date), 'o-W')
  expect(['2026-12-31', '2027-01-03', '2024-12-30'].map(shown)).toEqual(['2026-53', '2026-53', '2025-1'])
})

test('a zoned moment moves to the active zone, a plain one stays', () => {
  const tokyo = Temporal.ZonedDateTime.from('2026-01-01T09:00[Asia/Tokyo]')
  expect(berlin(() => formatDate(tokyo, 'H:i'))).toBe('01:00')
  expect(berlin(() => formatDate(Temporal.PlainDateTime.from('2026-01-01T09:00'), 'H:i[eTOZU]'))).toBe('09:00[]')
  expect(berlin(() => formatDate(new Date('2026-01-01T00:00:00Z'), 'H:i T'))).toBe('01:00 CET')
})

test('a date has no time, and a time no date', () => {
  expect(() => formatDate(Temporal.PlainDate.from('2026-01-02'), 'j H')).toThrow(
    "'H' in the date format 'j H' needs a time, and the value is a PlainDate: 2026-01-02",
  )
  expect(() => formatDate(Temporal.PlainTime.from('10:00'), 'Y')).toThrow('needs a date, and the value is a PlainTime')
  expect(() => formatDate(Temporal.PlainTime.from('10:00'), 'r')).toThrow('needs a date')
  expect(formatDate(Temporal.PlainTime.from('12:00'), 'P')).toBe('noon')
})

test('the formats that are used where none is asked for', () => {
  expect(berlin(() => formatDefault(summer))).toBe('July 3, 2008, 10:05 p.m.')
  expect(formatDefault(Temporal.PlainDate.from('2026-09-05'))).toBe('Sept. 5, 2026')
  expect(formatDefault(Temporal.PlainTime.from('08:30'))).toBe('8:30 a.m.')
  expect([summer, new Date(), '2026', null, {}].map(isDateOrTime)).toEqual([true, true, false, false, false])
})
