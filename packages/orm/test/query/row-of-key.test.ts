import { beforeEach, expect, test } from 'vitest'
import { F, Q } from '../../src/index.ts'
import { withLimitOfGet } from '../../src/query/build/build-query.ts'
import { isRowOfKey } from '../../src/query/execute/row-of-key.ts'
import { asQuery, type QuerySource } from '../../src/query/query.ts'
import { Book } from '../library/book.ts'
import { fillLibrary, useLibrary } from '../library/use-library.ts'

useLibrary()
beforeEach(async () => {
  await fillLibrary()
})

test('a query for a key, as get asks it, gives one row at most', () => {
  const asked = (querySet: QuerySource) => isRowOfKey(withLimitOfGet(querySet[asQuery](), 21))
  expect(asked(Book.objects.filter({ id: 1 }))).toBe(true)
  expect(asked(Book.objects.filter({ pk: 1, pages__gt: 5 }).selectRelated('author'))).toBe(true)
  expect(asked(Book.objects.exclude({ id: 1 }))).toBe(false)
  expect(asked(Book.objects.filter({ id__in: [1] }))).toBe(false)
  expect(asked(Book.objects.filter({ title: 'One' }))).toBe(false)
  expect(asked(Book.objects.filter({ author: 1 }))).toBe(false)
  expect(asked(Book.objects.filter({ author__id: 1 }))).toBe(false)
  expect(asked(Book.objects.filter({ id: 1, tags__name__in: ['sf', 'fun'] }))).toBe(false)
  expect(asked(Book.objects.filter(Q({ id: 1 }).or({ id: 2 })))).toBe(false)
  expect(asked(Book.objects.filter({ id: F('pages') }))).toBe(false)
  expect(asked(Book.objects.filter({ id: Book.objects.filter({ title: 'One' }).slice(0, 1) as never }))).toBe(false)
  expect(asked(Book.objects.filter({ id: 1 }).values('tags__name'))).toBe(false)
  expect(asked(Book.objects.all())).toBe(false)
})

test('get finds it, or says how many there are', async () => {
  const { id } = await Book.objects.get({ title: 'One' })
  expect((await Book.objects.get({ id })).title).toBe('One')
  expect((await Book.objects.selectRelated('author').get({ id })).author.name).toBe('Ada')
  await expect(Book.objects.get({ id: 999 })).rejects.toThrow(Book.DoesNotExist)
  await expect(Book.objects.get({ id, tags__name__in: ['sf', 'fun'] })).rejects.toThrow('2 rows')
})
