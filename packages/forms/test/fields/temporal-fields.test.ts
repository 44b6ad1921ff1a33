import { withTimeZone } from '@nuages/i18n'
import { expect, test } from 'vitest'
import { date, dateTime, duration, type FormField, splitDateTime, time } from '../../src/index.ts'
import { messages, result } from './clean-result.ts'

test.each<[FormField, unknown, string]>([
  [date(), '2026-07-31', '2026-07-31'],
  [date(), ' 2026-07-31 ', '2026-07-31'],
  [date(), '2024-02-29', '2024-02-29'],
  [date(), '2024-02-30', '! invalid'],
  [date(), '2023-02-29', '! invalid'],
  [date(), '2024-13-01', '! invalid'],
  [date(), '0001-01-01', '0001-01-01'],
  [date(), '0000-01-01', '! invalid'],
  [date(), '9999-12-31', '9999-12-31'],
  [date(), '12024-01-01', '! invalid'],
  [date(), '+012024-01-01', '! invalid'],
  [date(), '20240101', '! invalid'],
  [date(), '2024-01-01[u-ca=hebrew]', '! invalid'],
  [date(), '2024-01-01T10:00', '! invalid'],
  [date(), '31/07/2026', '! invalid'],
  [date(), {}, '! invalid'],
  [date(), 7, '! invalid'],
  [date(), '', '! required'],
  [date({ required: false }), '', 'null'],
  [date(), Temporal.PlainDate.from('2026-07-31'), '2026-07-31'],
  [time(), '14:30', '14:30:00'],
  [time(), '14:30:15', '14:30:15'],
  [time(), '14:30:15.250', '14:30:15.25'],
  [time(), '14:30:15.123456', '14:30:15.123456'],
  [time(), '24:00', '! invalid'],
  [time(), '14:30:60', '! invalid'],
  [time(), '14:60', '! invalid'],
  [time(), '2 pm', '! invalid'],
  [time(), '1430', '! invalid'],
  [dateTime(), '2026-07-31T14:30', '2026-07-31T14:30:00Z'],
  [dateTime(), '2026-07-31 14:30:15', '2026-07-31T14:30:15Z'],
  [dateTime(), '2026-07-31', '2026-07-31T00:00:00Z'],
  [dateTime(), '2026-07-31T14:30+02:00', '2026-07-31T12:30:00Z'],
  [dateTime(), '2026-07-31T14:30Z', '2026-07-31T14:30:00Z'],
  [dateTime(), '2026-07-31T14:30[Europe/Berlin]', '! invalid'],
  [dateTime(), '2026-07-31T25:00', '! invalid'],
  [dateTime(), '2024-02-30T10:00', '! invalid'],
  [dateTime(), '9999-12-31T23:59', '9999-12-31T23:59:00Z'],
  [dateTime(), '9999-12-31T23:59-05:00', '! invalid'],
  [dateTime(), '10000-01-01T00:00', '! invalid'],
  [dateTime(), Temporal.Instant.from('2026-07-31T14:30:00Z'), '2026-07-31T14:30:00Z'],
  [duration(), '90', 'PT1M30S'],
  [duration(), '01:30:00', 'PT1H30M'],
  [duration(), '01:30', 'PT1M30S'],
  [duration(), '3 04:05:06.5', 'P3DT4H5M6.5S'],
  [duration(), '3 days, 04:05:06', 'P3DT4H5M6S'],
  [duration(), '3 days', 'P3D'],
  [duration(), '-00:00:01', '-PT1S'],
  [duration(), '-1 23:59:59', '-PT1S'],
  [duration(), 'P1DT12H', 'P1DT12H'],
  [duration(), 'PT36H', 'P1DT12H'],
  [duration(), 'P1Y', '! invalid'],
  [duration(), 'P1M', '! invalid'],
  [duration(), 'soon', '! invalid'],
  [duration(), '-', '! invalid'],
  [duration(), '106751992 00:00:00', '! overflow'],
  [duration(), '9'.repeat(100), '! overflow'],
  [duration(), '9'.repeat(401), '! invalid'],
  [duration(), '', '! required'],
])('case %#', async (field, raw, expected) => {
  expect(String(await result(field, raw))).toBe(expected)
})

const inBerlin = <R>(fn: () => R): R => withTimeZone('Europe/Berlin', fn)

test('a moment is entered and shown in the active time zone', async () => {
  const moment = await inBerlin(() => result(dateTime(), '2026-07-31T14:30'))
  expect(String(moment)).toBe('2026-07-31T12:30:00Z')
  expect(inBerlin(() => dateTime().prepareValue(moment))).toBe('2026-07-31T14:30')
})

test('where the clocks are put forward or back a text names no moment or two', async () => {
  expect(await inBerlin(() => result(dateTime(), '2026-03-29T02:30'))).toBe('! ambiguous_timezone')
  expect(await inBerlin(() => messages(dateTime(), '2026-03-29T02:30'))).toEqual([
    'In Europe/Berlin the clocks never show 2026-03-29 02:30: they are put forward then.',
  ])
  expect(await inBerlin(() => messages(dateTime(), '2026-10-25T02:30'))).toEqual([
    'In Europe/Berlin the clocks show 2026-10-25 02:30 twice: they are put back then. Choose another time.',
  ])
  expect(String(await inBerlin(() => result(dateTime(), '2026-10-25T02:30+01:00')))).toBe('2026-10-25T01:30:00Z')
  expect(String(await inBerlin(() => result(dateTime(), '2026-10-25T03:00')))).toBe('2026-10-25T02:00:00Z')
  expect(await inBerlin(() => result(splitDateTime(), ['2026-03-29', '02:30']))).toBe('! ambiguous_timezone')
})

test('what nobody changed stays the very value, although inputs show less of it', async () => {
  const moment = Temporal.Instant.from('2026-10-25T01:30:15.123456Z')
  await inBerlin(async () => {
    const shown = dateTime().prepareValue(moment)
    expect(shown).toBe('2026-10-25T02:30:15')
    expect(await dateTime().clean(shown, moment)).toBe(moment)
    expect(dateTime().hasChanged(moment, shown)).toBe(false)
    expect(await splitDateTime().clean(['2026-10-25', '02:30:15'], moment)).toBe(moment)
    expect(splitDateTime().hasChanged(moment, ['2026-10-25', '02:30:15'])).toBe(false)
    expect(splitDateTime().hasChanged(moment, ['2026-10-26', '02:30:15'])).toBe(true)
  })
  const clock = Temporal.PlainTime.from('10:00:00.000001')
  expect(await time().clean('10:00', clock)).toBe(clock)
  expect(time().hasChanged(clock, '10:00:00')).toBe(false)
  expect(time().hasChanged(clock, '10:01')).toBe(true)
})

test('what stayed as it was is validated all the same', async () => {
  const refuse = (): void => {
    throw new RangeError('asked')
  }
  const clock = Temporal.PlainTime.from('10:00')
  await expect(result(time({ validators: [refuse] }), '10:00', clock)).rejects.toThrow('asked')
})

test.each<[unknown, string]>([
  [['2026-07-31', '14:30'], '2026-07-31T14:30:00Z'],
  [['', ''], '! required'],
  [undefined, '! required'],
  [['2026-07-31', ''], '! required'],
  [['2024-02-30', '14:30'], '! invalid'],
  [['x', 'y'], '! invalid'],
  [Temporal.Instant.from('2026-07-31T14:30:00Z'), '2026-07-31T14:30:00Z'],
])('a date and a time: %j', async (raw, expected) => {
  expect(String(await result(splitDateTime(), raw))).toBe(expected)
})

test('of what may be left out only half was given', async () => {
  expect(await result(splitDateTime({ required: false }), ['', ''])).toBe(null)
  expect(await result(splitDateTime({ required: false }), ['2026-07-31', ''])).toBe('! incomplete')
})
