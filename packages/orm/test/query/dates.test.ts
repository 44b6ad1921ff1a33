import { withTimeZone } from '@nuages/i18n'
import { expect, test } from 'vitest'
import { captureQueries, type DatePeriod } from '../../src/index.ts'
import { Author } from '../library/author.ts'
import { Book } from '../library/book.ts'
import { useLibrary } from '../library/use-library.ts'

useLibrary()

const births = ['0001-01-01', '1815-12-10', '1815-12-11', '1999-12-31', '2000-01-01', '2024-12-30', '2024-12-29', null]

async function fillBirths(): Promise<void> {
  for (const [index, born] of births.entries()) {
    const date = born === null ? null : Temporal.PlainDate.from(born)
    await Author.objects.create({ name: `a${index}`, slug: `a${index}`, born: date })
  }
}

const firstDays: Readonly<Record<DatePeriod, (day: Temporal.PlainDate) => Temporal.PlainDate>> = {
  year: (day) => day.with({ month: 1, day: 1 }),
  month: (day) => day.with({ day: 1 }),
  week: (day) => day.subtract({ days: day.dayOfWeek - 1 }),
  day: (day) => day,
}

test.each(['year', 'month', 'week', 'day'] as const)('the first days of each %s with rows', async (period) => {
  await fillBirths()
  const days = births.filter((born) => born !== null).map((born) => firstDays[period](Temporal.PlainDate.from(born)))
  const expected = [...new Set(days.map(String))].sort()

  const { result, queries } = await captureQueries(async () => await Author.objects.dates('born', period))
  expect(result.map(String)).toEqual(expected)
  expect(result[0]).toBeInstanceOf(Temporal.PlainDate)
  expect(queries).toHaveLength(1)
  expect((await Author.objects.dates('born', period, 'DESC')).map(String)).toEqual(expected.toReversed())
})

test.each<[zone: string, period: DatePeriod, expected: string]>([
  ['UTC', 'year', '2025-01-01 2026-01-01'],
  ['UTC', 'month', '2025-12-01 2026-03-01'],
  ['UTC', 'week', '2025-12-29 2026-03-23'],
  ['UTC', 'day', '2025-12-31 2026-03-29'],
  ['Europe/Paris', 'year', '2026-01-01'],
  ['Europe/Paris', 'week', '2025-12-29 2026-03-23 2026-03-30'],
  // The clock goes forward on the 29th: half past ten at night is the next day by then.
  ['Europe/Paris', 'day', '2026-01-01 2026-03-29 2026-03-30'],
])('points in time count in %s (%s)', async (zone, period, expected) => {
  const author = await Author.objects.create({ name: 'a', slug: 'a' })
  for (const at of ['2025-12-31T23:30:00Z', '2026-03-29T00:30:00Z', '2026-03-29T22:30:00.5Z', null]) {
    const publishedAt = at === null ? null : Temporal.Instant.from(at)
    await Book.objects.create({ title: 'x', author, publishedAt })
  }
  const dates = await withTimeZone(zone, async () => await Book.objects.dates('publishedAt', period))
  expect(dates.join(' ')).toBe(expected)
})

test('belong to a queryset like any other', async () => {
  await fillBirths()
  const late = Author.objects.filter({ born__year__gt: 1900 }).dates('born', 'year', 'DESC')
  expect((await late).join(' ')).toBe('2024-01-01 2000-01-01 1999-01-01')
  expect(await late.count()).toBe(3)
  expect((await late.slice(0, 1)).join(' ')).toBe('2024-01-01')
  expect(String(await late.first())).toBe('2024-01-01')
  const author = await Author.objects.get({ slug: 'a1' })
  await Book.objects.create({ title: 'x', author })
  expect((await Book.objects.dates('author__born', 'month')).join(' ')).toBe('1815-12-01')
})

test('refuse what holds no dates', () => {
  expect(() => Author.objects.dates('name' as 'born', 'year')).toThrow(
    'Author.name holds no dates: dates() takes a date or dateTime field.',
  )
})

test('the compiler knows which fields hold dates', () => {
  // @ts-expect-error: a name is no date
  expect(() => Author.objects.dates('name', 'year')).toThrow()
  // @ts-expect-error: no such field
  expect(() => Author.objects.dates('bron', 'year')).toThrow()
  // @ts-expect-error: no such period
  expect(() => Author.objects.dates('born', 'decade')).toThrow(
    "dates() counts in year, month, week, day, not 'decade'.",
  )
})
