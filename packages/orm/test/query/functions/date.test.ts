import { withTimeZone } from '@nuages/i18n'
import { describe, expect, test } from 'vitest'
import {
  date,
  type Expression,
  Extract,
  ExtractDay,
  ExtractHour,
  ExtractIsoWeekDay,
  ExtractIsoYear,
  ExtractMinute,
  ExtractMonth,
  ExtractQuarter,
  ExtractSecond,
  ExtractWeek,
  ExtractWeekDay,
  ExtractYear,
  F,
  Now,
  Trunc,
  TruncDate,
  TruncDay,
  TruncHour,
  TruncMinute,
  TruncMonth,
  TruncQuarter,
  TruncSecond,
  TruncTime,
  TruncWeek,
  TruncYear,
  Value,
} from '../../../src/index.ts'
import { Sample, useSamples, valueIn } from './sample.ts'

useSamples()

const instant = (text: string) => Temporal.Instant.from(text)
const day = (text: string) => Temporal.PlainDate.from(text)
const clock = (text: string) => Temporal.PlainTime.from(text)

test.each<[part: string, expression: Expression, date: number, moment: number]>([
  ['year', ExtractYear('day'), 2024, 2025],
  ['isoYear', ExtractIsoYear('day'), 2025, 2025],
  ['quarter', ExtractQuarter('day'), 4, 3],
  ['month', ExtractMonth('day'), 12, 7],
  ['day', ExtractDay('day'), 30, 6],
  ['week', ExtractWeek('day'), 1, 27],
  ['weekDay', ExtractWeekDay('day'), 2, 1],
  ['isoWeekDay', ExtractIsoWeekDay('day'), 1, 7],
])('%s of a date and of a point in time', async (part, expression, ofDate, ofMoment) => {
  const row = { day: day('2024-12-30'), at: instant('2025-07-06T23:59:58.999Z') }
  expect(await valueIn(row, expression)).toBe(ofDate)
  expect(await valueIn(row, Extract('at', part as 'year'))).toBe(ofMoment)
  expect(await valueIn({}, expression)).toBeNull()
})

test.each([
  ['hour', ExtractHour('clock'), ExtractHour('at'), 23, 4],
  ['minute', ExtractMinute('clock'), ExtractMinute('at'), 59, 5],
  ['second', ExtractSecond('clock'), ExtractSecond('at'), 58, 6],
])('%s of a time and of a point in time', async (_part, ofTime, ofMoment, time, moment) => {
  const row = { clock: clock('23:59:58.999'), at: instant('2026-01-01T04:05:06.999Z') }
  expect(await valueIn(row, ofTime)).toBe(time)
  expect(await valueIn(row, ofMoment)).toBe(moment)
  expect(await valueIn({}, ofTime)).toBeNull()
})

test('parts are those of a zone: the one asked for, else the active one', async () => {
  const row = { at: instant('2026-01-01T00:30:00Z') }
  await withTimeZone('America/New_York', async () => {
    expect(await valueIn(row, ExtractYear('at'))).toBe(2025)
    expect(await valueIn(row, ExtractYear('at', { tzinfo: 'UTC' }))).toBe(2026)
    expect(await valueIn(row, ExtractHour('at', { tzinfo: '+02:00' }))).toBe(2)
  })
  expect(await valueIn(row, ExtractHour('at'))).toBe(0)
  expect(() => ExtractYear('at', { tzinfo: 'Mars/Olympus' })).toThrow("There is no time zone 'Mars/Olympus'.")
})

const truncations: [period: string, expression: Expression, expected: string][] = [
  ['year', TruncYear('at'), '2026-01-01T00:00:00Z'],
  ['quarter', TruncQuarter('at'), '2026-07-01T00:00:00Z'],
  ['month', TruncMonth('at'), '2026-08-01T00:00:00Z'],
  ['week', TruncWeek('at'), '2026-08-03T00:00:00Z'],
  ['day', TruncDay('at'), '2026-08-09T00:00:00Z'],
  ['hour', TruncHour('at'), '2026-08-09T10:00:00Z'],
  ['minute', TruncMinute('at'), '2026-08-09T10:11:00Z'],
  ['second', TruncSecond('at'), '2026-08-09T10:11:12Z'],
]

test.each(truncations)('the start of the %s of a point in time', async (_period, expression, expected) => {
  expect(await valueIn({ at: instant('2026-08-09T10:11:12.131415Z') }, expression)).toBe(expected)
  expect(await valueIn({}, expression)).toBeNull()
})

test.each([
  ['year', '2026-01-01'],
  ['quarter', '2026-07-01'],
  ['month', '2026-08-01'],
  ['week', '2026-08-03'],
  ['day', '2026-08-09'],
] as const)('the start of the %s of a date', async (period, expected) => {
  expect(await valueIn({ day: day('2026-08-09') }, Trunc('day', period))).toBe(expected)
  expect(await valueIn({ at: instant('2026-08-09T10:11:12Z') }, Trunc('at', period, { outputField: date() }))).toBe(
    expected,
  )
})

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])('the quarter of month %i', async (month) => {
  const quarter = Math.ceil(month / 3)
  const row = { day: Temporal.PlainDate.from({ year: 2026, month, day: 28 }) }
  expect(await valueIn(row, TruncQuarter('day'))).toBe(`2026-${String(quarter * 3 - 2).padStart(2, '0')}-01`)
})

test.each([
  ['hour', '10:00:00'],
  ['minute', '10:11:00'],
  ['second', '10:11:12'],
] as const)('the start of the %s of a time', async (period, expected) => {
  expect(await valueIn({ clock: clock('10:11:12.5') }, Trunc('clock', period))).toBe(expected)
})

test('periods start when the clocks of a zone say so', async () => {
  // In New York the clocks went forward on 2026-03-08.
  const row = { at: instant('2026-03-09T02:30:00Z') }
  expect(await valueIn(row, TruncDay('at', { tzinfo: 'America/New_York' }))).toBe('2026-03-08T05:00:00Z')
  expect(await valueIn(row, TruncMonth('at', { tzinfo: 'America/New_York' }))).toBe('2026-03-01T05:00:00Z')
  expect(await valueIn(row, TruncHour('at', { tzinfo: 'Asia/Kolkata' }))).toBe('2026-03-09T02:30:00Z')
  expect(await valueIn(row, TruncDate('at', { tzinfo: 'America/New_York' }))).toBe('2026-03-08')
  expect(await valueIn(row, TruncTime('at', { tzinfo: 'America/New_York' }))).toBe('22:30:00')
  await withTimeZone('Asia/Tokyo', async () => {
    expect(await valueIn(row, TruncDay('at'))).toBe('2026-03-08T15:00:00Z')
    expect(await valueIn(row, Trunc('at', 'day', { outputField: date() }))).toBe('2026-03-09')
  })
})

test('a part or period that does not exist never reaches the database', () => {
  const text = "year' FROM now()) --"
  expect(() => Extract('at', text as 'year')).toThrow(
    /Extract\(\) takes a part of a date or time, got "year' FROM .* Choices: year,/,
  )
  expect(() => Trunc('at', text as 'year')).toThrow(/Trunc\(\) takes a period, got .* Choices: year,/)
  expect(() => Trunc('at', '__proto__' as 'year')).toThrow(/Trunc\(\) takes a period/)
})

test('one statement serves all active zones', async () => {
  await Sample.objects.create({ at: instant('2026-01-01T00:30:00Z') })
  const query = Sample.objects.annotate({ start: TruncDay('at') }).valuesList('start', { flat: true })
  expect(String((await query.all())[0])).toBe('2026-01-01T00:00:00Z')
  const inTokyo = await withTimeZone('Asia/Tokyo', async () => await query.all())
  expect(String(inTokyo[0])).toBe('2025-12-31T15:00:00Z')
})

test('now', async () => {
  const before = Temporal.Now.instant().subtract({ seconds: 60 })
  const now = instant(String(await valueIn({}, Now())))
  expect(Temporal.Instant.compare(now, before)).toBe(1)
  expect(Temporal.Instant.compare(now, before.add({ seconds: 120 }))).toBe(-1)
  await Sample.objects.create({ at: before })
  expect(
    await Sample.objects
      .annotate({ now: Now() })
      .filter({ now__gt: F('at') })
      .count(),
  ).toBe(1)
})

describe('arithmetic', () => {
  const hour = Temporal.Duration.from({ hours: 1 })
  const row = {
    at: instant('2026-03-01T12:00:00.25Z'),
    until: instant('2026-03-03T13:00:00Z'),
    day: day('2026-03-01'),
    clock: clock('23:30'),
    length: Temporal.Duration.from({ days: 1, minutes: 30 }),
  }

  test.each<[name: string, expression: Expression, expected: string]>([
    ['two points in time', F('until').subtract(F('at')), 'P2DT59M59.75S'],
    ['backwards', F('at').subtract(F('until')), '-P2DT59M59.75S'],
    ['two dates', F('day').subtract(Value(day('2026-02-01'))), 'P28D'],
    ['two times', F('clock').subtract(Value(clock('12:00'))), 'PT11H30M'],
    ['a point in time and a duration', F('at').add(F('length')), '2026-03-02T12:30:00.25Z'],
    ['a duration and a point in time', F('length').add(F('at')), '2026-03-02T12:30:00.25Z'],
    ['a point in time without a duration', F('at').subtract(F('length')), '2026-02-28T11:30:00.25Z'],
    ['a point in time and a value', F('at').add(hour), '2026-03-01T13:00:00.25Z'],
    ['a date and a duration', F('day').add(F('length')), '2026-03-02T00:30:00Z'],
    ['a date without a duration', F('day').subtract(hour), '2026-02-28T23:00:00Z'],
    ['a time and a duration', F('clock').add(hour), '00:30:00'],
    ['a time without a duration', F('clock').subtract(F('length')), '23:00:00'],
    ['two durations', F('length').add(hour), 'P1DT1H30M'],
    ['a duration without another', F('length').subtract(hour), 'PT23H30M'],
  ])('%s', async (_name, expression, expected) => {
    expect(await valueIn(row, expression)).toBe(expected)
    expect(await valueIn({}, expression)).toBeNull()
  })

  test('is compared', async () => {
    await Sample.objects.create(row)
    const spans = Sample.objects.annotate({ span: F('until').subtract(F('at')) })
    expect(await spans.filter({ span__gt: Temporal.Duration.from({ days: 2 }) }).count()).toBe(1)
    expect(await spans.filter({ span__gt: Temporal.Duration.from({ days: 3 }) }).count()).toBe(0)
    expect(await Sample.objects.filter({ until__gt: F('at').add(F('length')) }).count()).toBe(1)
    expect(await Sample.objects.filter({ at__lt: F('until').subtract(F('length')) }).count()).toBe(1)
  })
})
