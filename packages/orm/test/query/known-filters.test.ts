import { beforeEach, describe, expect, test } from 'vitest'
import { captureQueries, F, Q } from '../../src/index.ts'
import { Author } from '../library/author.ts'
import { Book } from '../library/book.ts'
import { fillLibrary, useLibrary } from '../library/use-library.ts'

useLibrary()
beforeEach(async () => {
  await fillLibrary()
})

const titles = async (books: PromiseLike<Book[]>): Promise<string[]> => (await books).map(({ title }) => title)

/** A filter with these values in turn, the first of which is built, and what each finds. */
async function inTurn<T>(values: readonly T[], filter: (value: T) => PromiseLike<Book[]>): Promise<string[][]> {
  const found: string[][] = []
  for (const value of values) found.push(await titles(filter(value)))
  return found
}

describe('a filter that was built before takes its new values', () => {
  test('of any kind that leads to other SQL', async () => {
    const pages = [100, null, 50, F('id').multiply(100), 300] as const
    expect(await inTurn(pages, (value) => Book.objects.filter({ pages: value as number }))).toEqual([
      ['One'],
      ['Two', 'Five'],
      ['Four'],
      ['One', 'Three'],
      ['Three'],
    ])
    const lists = [[100], [100, 300], [], [50]]
    expect(await inTurn(lists, (value) => Book.objects.filter({ pages__in: value }))).toEqual([
      ['One'],
      ['One', 'Three'],
      [],
      ['Four'],
    ])
    const years = [2026, 9999, 2026]
    await Book.objects.update({ publishedAt: Temporal.Instant.from('2026-06-01T00:00:00Z') })
    expect(
      (await inTurn(years, (value) => Book.objects.filter({ publishedAt__year: value }))).map((all) => all.length),
    ).toEqual([5, 0, 5])
  })

  test('of rows, keys and querysets', async () => {
    const [ada, bob] = await Author.objects.orderBy('id')
    const values = [ada!, bob!.id, Author.objects.filter({ name: 'Cleo' }).slice(0, 1), bob!] as const
    expect(await inTurn(values, (value) => Book.objects.filter({ author: value as Author }))).toEqual([
      ['One', 'Two'],
      ['Three', 'Four'],
      ['Five'],
      ['Three', 'Four'],
    ])
  })

  test('is not taken for exclude, for other keys, or for those of another queryset', async () => {
    for (const _ of [1, 2]) {
      expect(await titles(Book.objects.filter({ title: 'One' }))).toEqual(['One'])
      expect(await titles(Book.objects.exclude({ title: 'One' }))).toEqual(['Two', 'Three', 'Four', 'Five'])
      expect(await titles(Book.objects.filter({ title: 'One', pages: 100 }))).toEqual(['One'])
      expect(await titles(Book.objects.filter({ pages: 100, title: 'Two' }))).toEqual([])
      expect(await titles(Book.objects.filter({ pages: 100 }).filter({ title: 'Two' }))).toEqual([])
      expect(await titles(Book.objects.filter(Q({ title: 'Two' })))).toEqual(['Two'])
      expect(await titles(Book.objects.orderBy('-title').filter({ pages__lt: 400 }))).toEqual(['Three', 'One', 'Four'])
      expect(await titles(Book.objects.filter({ pages__lt: 400 }).orderBy('-title'))).toEqual(['Three', 'One', 'Four'])
      const joined = Book.objects.filter({ tags__name: 'sf' })
      expect(await titles(joined.filter({ tags__name: 'fun' }))).toEqual(['One'])
      expect(await titles(Book.objects.filter({ tags__name: 'fun' }).filter({ tags__name: 'sf' }))).toEqual(['One'])
    }
  })

  test('refuses what is no value as it did the first time', async () => {
    await titles(Book.objects.filter({ pages: 100 }))
    expect(() => Book.objects.filter({ pages: undefined as never })).toThrow('undefined')
    expect(() => Book.objects.filter({ pages: 'x' as never })).toThrow('pages')
    expect(() => Book.objects.filter({ none: 1 } as never)).toThrow("no field 'none'")
    expect(() => Book.objects.filter(null as never)).toThrow('conditions')
    expect(() => Book.objects.slice(0, 1).filter({ pages: 100 })).toThrow('slice')
  })

  test('of which no more are remembered than code has', async () => {
    const all = { id__gt: 0, id__gte: 0, id__lt: 1000, id__lte: 1000, title__gt: '', title__gte: '' }
    const more = { title__lt: 'zz', title__lte: 'zz', authorId__gt: 0, authorId__lt: 1000 }
    const conditions = Object.entries({ ...all, ...more })
    for (let set = 1; set < 700; set++) {
      const chosen = Object.fromEntries(conditions.filter((_, bit) => set & (1 << bit)))
      expect(Book.objects.filter(chosen as never)).toBeDefined()
    }
    expect(await titles(Book.objects.filter({ title: 'One' }))).toEqual(['One'])
    expect((await titles(Book.objects.filter(Object.fromEntries(conditions) as never))).length).toBe(5)
  })

  test('and asks the same', async () => {
    const sql = async (title: string) => {
      const { queries } = await captureQueries(() => Book.objects.get({ title }))
      return queries.map((query) => [query.sql, query.revealParams()])
    }
    const [[first, firstParams]] = (await sql('One')) as [[string, unknown[]]]
    const [[second, secondParams]] = (await sql('Two')) as [[string, unknown[]]]
    expect(second).toBe(first)
    expect([firstParams, secondParams]).toEqual([['One'], ['Two']])
  })
})
