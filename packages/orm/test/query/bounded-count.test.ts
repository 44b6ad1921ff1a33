import { expect, test } from 'vitest'
import { Count, captureQueries } from '../../src/index.ts'
import { Book } from '../library/book.ts'
import { fillLibrary, useLibrary } from '../library/use-library.ts'

useLibrary()

// What a page shows of a million rows: it counts as far as its limit, whatever the queryset has besides.
test('the count of a slice looks at no more rows than the slice has, and sorts none', async () => {
  await fillLibrary()
  const counted = async (rows: { count(): Promise<number> }) => {
    let count = 0
    const { queries } = await captureQueries(async () => {
      count = await rows.count()
    })
    return [count, ...queries.map(({ sql }) => sql)]
  }
  const bounded = 'SELECT COUNT(*) FROM (SELECT 1 FROM "library_book" LIMIT 3) "counted"'
  expect(await counted(Book.objects.slice(0, 3))).toEqual([3, bounded])
  expect(await counted(Book.objects.orderBy('-title', 'author__name').slice(0, 3))).toEqual([3, bounded])
  expect(await counted(Book.objects.selectRelated('author', 'editor').slice(0, 3))).toEqual([3, bounded])
  expect((await counted(Book.objects.filter({ pages__gt: 60 }).slice(0, 9)))[0]).toBe(2)
  expect((await counted(Book.objects.annotate({ n: Count('tags') }).slice(0, 3)))[0]).toBe(3)
})
