import { beforeEach, describe, expect, test } from 'vitest'
import {
  Coalesce,
  Count,
  Exists,
  F,
  integer,
  Max,
  OuterRef,
  Q,
  QueryError,
  Subquery,
  Sum,
  Value,
} from '../../src/index.ts'
import { Author } from '../library/author.ts'
import { Book, Tag } from '../library/book.ts'
import { fillLibrary, useLibrary } from '../library/use-library.ts'

useLibrary()
beforeEach(async () => void (await fillLibrary()))

const titles = async (books: PromiseLike<{ title: string }[]>) => (await books).map(({ title }) => title).join(' ')
const names = async (rows: PromiseLike<{ name: string }[]>) => (await rows).map(({ name }) => name).join(' ')
const own = () => Book.objects.filter({ author: OuterRef('pk') })

describe('a subquery', () => {
  test('is a value of each row around it', async () => {
    const longest = Subquery(own().orderBy('-pages').filter({ pages__isnull: false }).values('title').slice(0, 1))
    const rows = await Author.objects.annotate({ longest }).orderBy('name')
    expect(rows.map(({ name, longest }) => [name, longest])).toEqual([
      ['Ada', 'One'],
      ['Bob', 'Three'],
      ['Cleo', null],
    ])
    expect(await names(Author.objects.annotate({ longest }).filter({ longest__startswith: 'T' }))).toBe('Bob')
    expect(await names(Author.objects.orderBy(Coalesce(longest, Value('a')), '-name'))).toBe('Ada Bob Cleo')
    expect(await Author.objects.annotate({ longest }).values('name', 'longest').slice(0, 1)).toEqual([
      { name: 'Ada', longest: 'One' },
    ])
  })

  test('may be grouped by itself', async () => {
    const counted = own()
      .orderBy()
      .values('author')
      .annotate({ n: Count('id') })
      .values('n')
    const rows = await Author.objects.annotate({ n: Subquery(counted, { outputField: integer() }) }).orderBy('name')
    expect(rows.map(({ n }) => n)).toEqual([2, 2, 1])
    const sums = own()
      .orderBy()
      .values('author')
      .annotate({ sum: Sum('pages') })
      .values('sum')
    expect(
      await names(Author.objects.annotate({ sum: Subquery(sums) }).filter({ sum__gt: F('id').multiply(100) })),
    ).toBe('Bob')
  })

  test('knows the query around the one around it', async () => {
    const tagged = Tag.objects.filter({ books: OuterRef('pk'), name__lt: OuterRef(OuterRef('slug')) } as never)
    const books = Book.objects.filter(Exists(tagged), { author: OuterRef('pk') } as never)
    expect(await names(Author.objects.filter(Exists(books)))).toBe('')
    const after = Tag.objects.filter({ books: OuterRef('pk'), name__gt: OuterRef(OuterRef('slug')) } as never)
    const others = Book.objects.filter(Exists(after), { author: OuterRef('pk') } as never)
    expect(await names(Author.objects.filter(Exists(others)))).toBe('Ada Bob Cleo')
  })

  test('takes paths over relations and annotations of the query around', async () => {
    const same = Author.objects.filter({ name: OuterRef('author__mentor__name') })
    expect(await titles(Book.objects.filter(Exists(same)))).toBe('Three Four Five')
    const twice = Book.objects.annotate({ twice: F('pages').multiply(2) })
    const longer = Book.objects.filter({ pages__gt: OuterRef('twice') } as never)
    expect(await titles(twice.filter(Exists(longer)))).toBe('One Four')
    const sum = Book.objects
      .filter({ pages: OuterRef('pages') })
      .values('pages')
      .annotate({ n: Count('id') })
    expect(
      await Book.objects
        .annotate({ more: F('pages').add(1) })
        .filter({ pages: 50 })
        .annotate({ n: Subquery(sum.values('n')) })
        .values('n', 'more'),
    ).toEqual([{ n: 1, more: 51 }])
  })

  test('stands beside aggregates, in groups and among them', async () => {
    const first = Subquery(own().orderBy('id').values('title').slice(0, 1))
    const rows = await Author.objects
      .annotate({ n: Count('books'), first })
      .orderBy('name')
      .values('name', 'n', 'first')
    expect(rows).toEqual([
      { name: 'Ada', n: 2, first: 'One' },
      { name: 'Bob', n: 2, first: 'Three' },
      { name: 'Cleo', n: 1, first: 'Five' },
    ])
    const mentor = Subquery(Author.objects.filter({ id: OuterRef('author__mentor') }).values('name'))
    const byMentor = Book.objects
      .annotate({ mentor })
      .values('mentor')
      .annotate({ n: Count('id') })
    expect(new Map(await byMentor.valuesList('mentor', 'n'))).toEqual(
      new Map([
        ['Ada', 2],
        ['Bob', 1],
        [null, 2],
      ]),
    )
    expect(await Author.objects.annotate({ first }).aggregate({ last: Max('first') })).toEqual({ last: 'Three' })
  })

  test('is a value that update() writes', async () => {
    const pages = Book.objects
      .filter({ author: OuterRef('author'), pages__isnull: false })
      .values('author')
      .annotate({ m: Max('pages') })
    await Book.objects.filter({ pages: null }).update({ pages: Subquery(pages.values('m')) } as never)
    expect(await Book.objects.orderBy('id').valuesList('pages', { flat: true })).toEqual([100, 100, 300, 50, null])
  })

  test('of none has no value and no row', async () => {
    const rows = Author.objects.annotate({ x: Subquery(own().none().values('title')), y: Exists(own().none()) })
    expect(await rows.filter({ name: 'Ada' }).values('x', 'y')).toEqual([{ x: null, y: false }])
    expect(await names(Author.objects.filter(Exists(own().none()).not()))).toBe('Ada Bob Cleo')
    expect(await names(Author.objects.filter(Exists(own().slice(1, 2))))).toBe('Ada Bob')
  })

  test('that mentions a query around it does not run alone', async () => {
    await expect(async () => await own()).rejects.toThrow("has OuterRef('pk'), so it can only be used inside another")
    await expect(async () => await own().count()).rejects.toThrow(QueryError)
    await expect(async () => await own().exists()).rejects.toThrow(QueryError)
    expect(() => Author.objects.annotate({ x: Subquery(Book.objects.values('id', 'title') as never) })).toThrow(
      'must select one value',
    )
    expect(() => Author.objects.filter(Exists(Book.objects.filter({ title: OuterRef('nme') } as never)))).toThrow(
      "Author has no field 'nme' (in OuterRef 'nme'). Did you mean 'name'?",
    )
  })
})

test('a negated condition over many rows is about the query it stands in', async () => {
  const lonely = Book.objects.filter({ author: OuterRef('pk') }).exclude({ tags__name: OuterRef('name') } as never)
  expect(await names(Author.objects.filter(Exists(lonely)))).toBe('Ada Bob Cleo')
  const fun = Book.objects.filter({ author: OuterRef('pk') }).filter(Q({ tags__name: 'fun' }).not())
  expect(await names(Author.objects.filter(Exists(fun)))).toBe('Ada Bob Cleo')
})
