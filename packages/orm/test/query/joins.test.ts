import { beforeEach, describe, expect, test } from 'vitest'
import { Count, Q } from '../../src/index.ts'
import { Author } from '../library/author.ts'
import { Book, Tag } from '../library/book.ts'
import { fillLibrary, useLibrary } from '../library/use-library.ts'
import { vendor } from '../temporary-database.ts'

useLibrary()
beforeEach(async () => void (await fillLibrary()))

const titles = async (books: PromiseLike<Book[]>) => (await books).map((book) => book.title).join(' ')
const names = async (rows: PromiseLike<{ name: string }[]>) => (await rows).map((row) => row.name).join(' ')
const { objects } = Book

describe('conditions over relations of many rows', () => {
  test('in one filter are about one related row; in two, about any', async () => {
    expect(await names(Author.objects.filter({ books__pages__gt: 60, books__title: 'Four' }))).toBe('')
    expect(await names(Author.objects.filter({ books__pages__gt: 60 }).filter({ books__title: 'Four' }))).toBe('Bob')
    expect(await titles(objects.filter({ tags__name: 'sf' }).filter({ tags__name: 'fun' }))).toBe('One')
    expect(await titles(objects.filter(Q({ tags__name: 'sf' }).and({ tags__name: 'fun' })))).toBe('')
  })

  test('repeat a row for each related row that answers, until distinct', async () => {
    expect(await titles(objects.filter({ tags__name__in: ['sf', 'fun'] }))).toBe('One One Two Three Five')
    expect(await titles(objects.filter({ tags__name__in: ['sf', 'fun'] }).distinct())).toBe('One Two Three Five')
    expect(await objects.filter({ tags__name__in: ['sf', 'fun'] }).count()).toBe(5)
    expect(
      await objects
        .filter({ tags__name__in: ['sf', 'fun'] })
        .distinct()
        .count(),
    ).toBe(4)
  })

  test('keep rows without a related row where the other side of an or may hold', async () => {
    expect(await titles(objects.filter(Q({ tags__name: 'poem' }).or({ pages: 50 })))).toBe('Four Five')
    expect(await titles(objects.filter(Q({ editor__name: 'Bob' }).or({ title: 'Two' })))).toBe('One Two')
    expect(await titles(objects.filter(Q({ editor__name: 'Bob' }).or({ editor__name: 'Ada' })))).toBe('One Three')
    expect(await titles(objects.filter(Q({ editor__mentor__name: 'Ada' }).or({ pages: 300 })))).toBe('One Three')
  })

  test('ask for the absence of related rows', async () => {
    expect(await titles(objects.filter({ tags__isnull: true }))).toBe('Four')
    expect(await titles(objects.exclude({ tags__isnull: true }))).toBe('One Two Three Five')
    expect(await names(Author.objects.filter({ profile__isnull: true }))).toBe('Bob Cleo')
    expect(await names(Author.objects.filter({ profile__isnull: false }))).toBe('Ada')
    expect(await names(Author.objects.filter({ pupils__isnull: true }))).toBe('Cleo')
  })
})

describe('exclude', () => {
  test('drops rows that have such a related row among others', async () => {
    expect(await titles(objects.exclude({ tags__name: 'fun' }))).toBe('Two Four Five')
    expect(await names(Author.objects.exclude({ books__pages__gt: 60 }))).toBe('Cleo')
    expect(await titles(objects.exclude({ author__books__title: 'Two' }))).toBe('Three Four Five')
    expect(await names(Tag.objects.exclude({ books__author__name: 'Ada' }))).toBe('poem')
  })

  test('with two conditions over many rows drops rows that meet both by any rows', async () => {
    expect(await names(Author.objects.exclude({ books__pages: 300, books__title: 'Four' }))).toBe('Ada Cleo')
  })

  test('keeps rows whose column is null', async () => {
    expect(await titles(objects.exclude({ pages: 100 }))).toBe('Two Three Four Five')
    expect(await titles(objects.exclude({ pages__gt: 60 }))).toBe('Two Four Five')
    expect(await titles(objects.exclude({ editor__name: 'Bob' }))).toBe('Two Three Four Five')
    expect(await titles(objects.exclude({ pages: null }))).toBe('One Three Four')
    expect(await titles(objects.exclude({ pages__in: [] }))).toBe('One Two Three Four Five')
    expect(await titles(objects.filter(Q({ pages__gt: 60 }).not().not()))).toBe('One Three')
    expect(await titles(objects.exclude(Q({ editor__name: 'Bob' }).or({ pages: 50 })))).toBe('Two Three Five')
  })

  test('inside a filter is about the related row the filter has joined', async () => {
    expect(await titles(objects.filter(Q({ tags__name: 'sf' }).and(Q({ tags__name: 'fun' }).not())))).toBe(
      'One Two Five',
    )
    expect(await titles(objects.filter({ tags__name: 'sf' }).exclude({ tags__name: 'fun' }))).toBe('Two Five')
  })
})

test('a relation is compared by rows, keys and querysets', async () => {
  const ada = await Author.objects.get({ name: 'Ada' })
  expect(await titles(objects.filter({ author: ada }))).toBe('One Two')
  expect(await titles(objects.filter({ author: ada.id, editor: null }))).toBe('Two')
  expect(await titles(objects.filter({ authorId: ada.id, editor__isnull: false }))).toBe('One')
  expect(await titles(objects.filter({ author__in: [ada, 3] }))).toBe('One Two Five')
  expect(await titles(objects.filter({ author__in: Author.objects.filter({ mentor__isnull: false }) }))).toBe(
    'Three Four Five',
  )
  const editors = objects.filter({ editor__isnull: false }).values('editor')
  expect(await names(Author.objects.filter({ id__in: editors, name__gt: 'B' }))).toBe('Bob Cleo')
  expect(await titles(objects.filter({ author__in: Author.objects.orderBy('-name').slice(0, 1), pages: null }))).toBe(
    'Five',
  )
  const [first] = await objects.filter({ title: 'Three' })
  expect(await titles(objects.filter({ author: first!.author, title__startswith: 'F' }))).toBe('Four')
})

test('an order over relations: the other model decides, or the path', async () => {
  expect(await titles(objects.orderBy('-author__name', 'title'))).toBe('Five Four Three One Two')
  expect(await titles(objects.orderBy('author', '-id'))).toBe('Two One Four Three Five')
  expect(await titles(objects.orderBy('-author', 'id').reverse())).toBe('Two One Four Three Five')
  // Where NULLs stand is the database's own, as with Django.
  const inOrder = vendor === 'sqlite' ? 'Five Two Four One Three' : 'Four One Three Five Two'
  expect(await titles(objects.orderBy('pages', 'title'))).toBe(inOrder)
})

test('aggregates count what a filter before them left, and are filtered after', async () => {
  const counts = async (rows: PromiseLike<{ name: string; n: number }[]>) =>
    (await rows).map(({ name, n }) => `${name} ${n}`).join(', ')
  expect(await counts(Author.objects.annotate({ n: Count('books') }))).toBe('Ada 2, Bob 2, Cleo 1')
  expect(await counts(Tag.objects.annotate({ n: Count('books') }).orderBy('-n', 'name'))).toBe('sf 3, fun 2, poem 1')
  expect(await counts(Author.objects.annotate({ n: Count('books') }).filter({ n__gt: 1, name__gt: 'B' }))).toBe('Bob 2')
  expect(await counts(Author.objects.filter({ books__pages__gt: 60 }).annotate({ n: Count('books') }))).toBe(
    'Ada 1, Bob 1',
  )
  const twice = Author.objects.annotate({ n: Count('books'), tags: Count('books__tags', { distinct: true }) })
  expect((await twice).map(({ name, tags }) => `${name} ${tags}`)).toEqual(['Ada 2', 'Bob 1', 'Cleo 2'])
  expect(
    await Author.objects
      .annotate({ n: Count('books') })
      .filter({ n: 2 })
      .count(),
  ).toBe(2)
  const grouped = objects
    .values('author__name')
    .annotate({ n: Count('id') })
    .orderBy('author__name')
  expect(await grouped).toEqual([
    { author__name: 'Ada', n: 2 },
    { author__name: 'Bob', n: 2 },
    { author__name: 'Cleo', n: 1 },
  ])
})

test('get and a slice of the same conditions do not share an order', async () => {
  await expect(Author.objects.get({ name__gt: 'A' })).rejects.toThrow('found 3 rows')
  expect(await names(Author.objects.orderBy().filter({ name__gt: 'A' }).slice(0, 21))).toBe('Ada Bob Cleo')
  await Author.objects.filter({ name: 'Ada' }).update({ name: 'Zoe' })
  expect(await names(Author.objects.filter({ name__gt: 'A' }).slice(0, 21))).toBe('Bob Cleo Zoe')
})

test('slices, first, last, exists, none', async () => {
  expect(await titles(objects.slice(1, 3))).toBe('Two Three')
  expect(await titles(objects.slice(1).slice(1, 2))).toBe('Three')
  expect(await titles(objects.slice(3, 3))).toBe('')
  expect(await objects.slice(1, 3).count()).toBe(2)
  expect(await objects.slice(4, 9).exists()).toBe(true)
  expect(await objects.slice(5).exists()).toBe(false)
  expect((await objects.last())?.title).toBe('Five')
  expect((await Book.objects.orderBy().first())?.title).toBe('One')
  expect(await Book.objects.filter({ pages__gt: 999 }).first()).toBe(null)
  expect(await objects.none()).toEqual([])
  expect(() => objects.slice(0, 2).filter({ id: 1 })).toThrow('once a slice has been taken')
})
