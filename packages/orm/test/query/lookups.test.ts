import { withTimeZone } from '@nuages/i18n'
import { expect, test } from 'vitest'
import { captureQueries } from '../../src/index.ts'
import { Author } from '../library/author.ts'
import { Book } from '../library/book.ts'
import { fillLibrary, useLibrary } from '../library/use-library.ts'
import { bound } from '../temporary-database.ts'

useLibrary()

const titles = async (conditions: object) =>
  (await Book.objects.filter(conditions as never)).map((book) => book.title).join(' ')

const texts = ['Ärger', 'a_b', 'a%b', 'axb', 'A[b', 'x\\y', "O'Neil"]

test.each([
  [{ title: 'axb' }, 'axb'],
  [{ title__iexact: 'AXB' }, 'axb'],
  [{ title__iexact: 'ärger' }, 'Ärger'],
  [{ title__contains: '_' }, 'a_b'],
  [{ title__contains: '%' }, 'a%b'],
  [{ title__contains: '[' }, 'A[b'],
  [{ title__contains: '\\' }, 'x\\y'],
  [{ title__contains: 'x' }, 'axb x\\y'],
  [{ title__contains: 'X' }, ''],
  [{ title__icontains: 'X' }, 'axb x\\y'],
  [{ title__icontains: '_' }, 'a_b'],
  [{ title__icontains: 'äR' }, 'Ärger'],
  [{ title__startswith: 'a' }, 'a_b a%b axb'],
  [{ title__istartswith: 'a' }, 'a_b a%b axb A[b'],
  [{ title__endswith: 'b' }, 'a_b a%b axb A[b'],
  [{ title__iendswith: 'NEIL' }, "O'Neil"],
  [{ title__regex: '^a.b$' }, 'a_b a%b axb'],
  [{ title__iregex: '^A.B$' }, 'a_b a%b axb A[b'],
  [{ title__in: ['axb', "O'Neil", 'nope'] }, "axb O'Neil"],
  [{ title__in: [] }, ''],
  [{ title__range: ['a', 'az'] }, 'a_b a%b axb'],
  [{ title__gt: 'x' }, 'Ärger x\\y'],
])('%j', async (conditions, expected) => {
  const author = await Author.objects.create({ name: 'a', slug: 'a' })
  for (const title of texts) await Book.objects.create({ title, author })
  expect(await titles(conditions)).toBe(expected)
})

test('parts of dates are those of the active time zone', async () => {
  const author = await Author.objects.create({ name: 'a', slug: 'a', born: Temporal.PlainDate.from('1815-12-10') })
  const publishedAt = Temporal.Instant.from('2025-12-31T23:30:05.250Z')
  await Book.objects.create({ title: 'x', author, publishedAt })
  const found = (conditions: object) => Book.objects.filter(conditions as never).exists()

  expect(await found({ publishedAt__year: 2025, publishedAt__month: 12, publishedAt__day: 31 })).toBe(true)
  expect(await found({ publishedAt__hour: 23, publishedAt__minute: 30, publishedAt__second: 5 })).toBe(true)
  // A Wednesday: Sunday is 1. The week is the first of 2026.
  expect(
    await found({
      publishedAt__weekDay: 4,
      publishedAt__isoWeekDay: 3,
      publishedAt__week: 1,
      publishedAt__isoYear: 2026,
    }),
  ).toBe(true)
  expect(await found({ publishedAt__quarter: 4, publishedAt__year__gte: 2025, publishedAt__year__lt: 2026 })).toBe(true)
  expect(
    await found({
      publishedAt__date: Temporal.PlainDate.from('2025-12-31'),
      publishedAt__time__gt: Temporal.PlainTime.from('23:30:05'),
    }),
  ).toBe(true)
  expect(await found({ author__born__year: 1815, author__born__month__in: [11, 12], author__born__weekDay: 1 })).toBe(
    true,
  )
  await withTimeZone('Europe/Berlin', async () => {
    expect(await found({ publishedAt__year: 2025 })).toBe(false)
    expect(
      await found({ publishedAt__year: 2026, publishedAt__month: 1, publishedAt__day: 1, publishedAt__hour: 0 }),
    ).toBe(true)
    expect(await found({ publishedAt__date__gte: Temporal.PlainDate.from('2026-01-01') })).toBe(true)
    expect(await found({ publishedAt__year__gt: 2025 })).toBe(true)
  })
})

test.each([
  [0, 'gte', 'gt'],
  [-5, 'gte', 'gt'],
  [10_000, 'lt', 'lte'],
  [99_999_999, 'lt', 'lte'],
])('no row is of the year %d, and all rows that have one are on its near side', async (year, ...holding) => {
  const all = await Book.objects.filter({ publishedAt__isnull: false }).count()
  const count = (operator: string): Promise<number> =>
    Book.objects.filter({ [`publishedAt__year${operator}`]: year } as {}).count()
  expect(await count('')).toBe(0)
  expect(await Author.objects.filter({ born__year: year }).count()).toBe(0)
  expect(await Book.objects.exclude({ publishedAt__year: year }).count()).toBe(await Book.objects.count())
  for (const operator of ['gt', 'gte', 'lt', 'lte']) {
    expect([operator, await count(`__${operator}`)]).toEqual([operator, holding.includes(operator) ? all : 0])
  }
})

test.each(['UTC', 'America/New_York', 'Asia/Tokyo'])('the first and the last year, in %s', async (zone) => {
  const author = await Author.objects.create({ name: 'Old', slug: 'old', born: Temporal.PlainDate.from('0001-01-01') })
  const edge = async (text: string, publishedAt__year: number): Promise<number> => {
    const book = await Book.objects.create({ title: text, author, publishedAt: Temporal.Instant.from(text) })
    return Book.objects.filter({ id: book.id, publishedAt__year }).count()
  }
  await withTimeZone(zone, async () => {
    expect(await Author.objects.filter({ born__year: 1 }).count()).toBe(1)
    expect(await edge('0001-06-01T00:00:00Z', 1)).toBe(1)
    expect(await edge('9999-12-31T12:00:00Z', 9999)).toBe(1)
    expect(await edge('9998-06-01T12:00:00Z', 9999)).toBe(0)
  })
})

test.each(['-000001-01-01', '0000-12-31', '+010000-01-01'])(
  'a date of %s is refused, since its text would not sort',
  async (day) => {
    const born = Temporal.PlainDate.from(day)
    await expect(Author.objects.create({ name: 'x', slug: 'x', born })).rejects.toThrow('a date of the years 1 to 9999')
    const publishedAt = Temporal.Instant.from(`${day}T12:00:00Z`)
    expect(() => Book.objects.filter({ publishedAt })).toThrow('a time of the years 1 to 9999 in UTC')
  },
)

test('a year is a range of the column itself, which an index can answer', async () => {
  const { queries } = await captureQueries(() => Book.objects.filter({ publishedAt__year: 2026 }).count())
  expect(queries[0]!).toMatchObject(
    bound('SELECT COUNT(*) FROM "library_book" WHERE "library_book"."published_at" BETWEEN ? AND ?'),
  )
  expect(queries[0]!.revealParams()).toEqual(['2026-01-01 00:00:00', '2026-12-31 23:59:59.999999'])
})

test('queries of one shape share one statement', async () => {
  await fillLibrary()
  const { queries } = await captureQueries(async () => {
    await Book.objects.filter({ pages__in: [1, 2, 3], title: 'a' }).slice(2, 4)
    await Book.objects.filter({ pages__in: [5, 6, 7, 8], title: 'b' }).slice(6, 8)
  })
  expect(queries[0]!.sql).toBe(queries[1]!.sql)
})
