import { expect, test } from 'vitest'
import { Count, captureQueries, rowsAndCount } from '../../src/index.ts'
import { Author } from '../library/author.ts'
import { Book } from '../library/book.ts'
import { useLibrary } from '../library/use-library.ts'

useLibrary()

async function fill(count: number): Promise<void> {
  for (let index = 1; index <= count; index++) {
    await Author.objects.create({ name: index % 2 ? 'odd' : 'even', slug: `a${index}` })
  }
}

const names = (rows: readonly { readonly slug: string }[]): string[] => rows.map(({ slug }) => slug)

test('a page and how many rows there are, in one statement', async () => {
  await fill(7)
  const page = Author.objects.orderBy('id').slice(2, 4)
  const { result, queries } = await captureQueries(() => rowsAndCount(page, 100))
  expect(names(result.rows)).toEqual(['a3', 'a4'])
  expect(result.count).toBe(7)
  expect(queries).toHaveLength(1)
})

test('it counts up to the limit', async () => {
  await fill(7)
  expect((await rowsAndCount(Author.objects.orderBy('id').slice(0, 1), 5)).count).toBe(5)
})

test('with conditions, whose values are bound twice', async () => {
  await fill(7)
  const odd = Author.objects.filter({ name: 'odd', id__gt: 1 }).exclude({ slug: 'a7' }).orderBy('-id').slice(1, 2)
  const { rows, count } = await rowsAndCount(odd, 100)
  expect([names(rows), count]).toEqual([['a3'], 2])
})

test('without rows, the count is not known; none() has none', async () => {
  await fill(2)
  expect(await rowsAndCount(Author.objects.orderBy('id').slice(5, 9), 100)).toEqual({ rows: [], count: undefined })
  expect(await rowsAndCount(Author.objects.none(), 100)).toEqual({ rows: [], count: 0 })
})

test('with related, fetched and annotated rows, which stay as they are', async () => {
  await fill(2)
  const [one, two] = await Author.objects.orderBy('id')
  for (const author of [one!, two!]) await Book.objects.create({ title: author.slug, pages: 1, author })
  await Book.objects.create({ title: 'more', pages: 1, author: one! })
  const books = await rowsAndCount(Book.objects.selectRelated('author').orderBy('id').slice(0, 2), 100)
  expect(books.rows.map(({ title, author }) => [title, author.slug])).toEqual([
    ['a1', 'a1'],
    ['a2', 'a2'],
  ])
  expect(books.count).toBe(3)

  const counted = await rowsAndCount(
    Author.objects
      .annotate({ n: Count('books') })
      .orderBy('id')
      .slice(0, 1),
    100,
  )
  expect([counted.rows[0]?.n, counted.count]).toEqual([2, 2])

  const fetched = await rowsAndCount(Author.objects.prefetchRelated('books').orderBy('id').slice(0, 1), 100)
  const { queries, result } = await captureQueries(async () => await fetched.rows[0]!.books)
  expect([queries.length, result.length]).toEqual([0, 2])
})

test('distinct rows are counted once', async () => {
  await fill(1)
  const [author] = await Author.objects.all()
  for (const title of ['x', 'y']) await Book.objects.create({ title, pages: 1, author: author! })
  const { rows, count } = await rowsAndCount(Author.objects.filter({ books__pages: 1 }).distinct().slice(0, 5), 100)
  expect([rows.length, count]).toEqual([1, 1])
})
