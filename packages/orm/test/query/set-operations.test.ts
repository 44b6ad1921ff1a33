import { beforeEach, describe, expect, test } from 'vitest'
import { Count, F, FieldError, NotSupportedError, Q, QueryError } from '../../src/index.ts'
import { Author } from '../library/author.ts'
import { Book, Tag } from '../library/book.ts'
import { fillLibrary, useLibrary } from '../library/use-library.ts'

useLibrary()
beforeEach(async () => void (await fillLibrary()))

const { objects } = Book
const titles = async (books: PromiseLike<{ title: string }[]>) => (await books).map(({ title }) => title).join(' ')
const long = objects.filter({ pages__gte: 100 })
const short = objects.filter({ pages__lte: 100 })

describe('rows of several querysets', () => {
  test('are put together, ordered and sliced', async () => {
    expect(await titles(long.union(short).orderBy('title'))).toBe('Four One Three')
    expect(await titles(long.union(short, { all: true }).orderBy('title'))).toBe('Four One One Three')
    expect(await titles(long.intersection(short))).toBe('One')
    expect(await titles(long.difference(short))).toBe('Three')
    expect(await titles(objects.difference(long, short).orderBy('-title'))).toBe('Two Five')
    expect(await titles(long.union(short).orderBy('-pages').slice(1, 3))).toBe('One Four')
    expect((await long.union(short).orderBy('title'))[0]).toBeInstanceOf(Book)
    expect(await titles(long.union(short).orderBy('title').reverse())).toBe('Three One Four')
  })

  test('are counted, asked for and taken one of', async () => {
    expect(await long.union(short).count()).toBe(3)
    expect(await long.union(short, { all: true }).count()).toBe(4)
    expect(await long.union(short).slice(0, 2).count()).toBe(2)
    expect(await long.intersection(objects.filter({ pages: 50 })).exists()).toBe(false)
    expect((await long.union(short).orderBy('title').first())?.title).toBe('Four')
  })

  test('are sliced and ordered in their parts, each with values of its own', async () => {
    const first = objects.orderBy('-pages').filter({ pages__gt: 0 }).slice(0, 1)
    const last = objects.orderBy('pages').filter({ pages__gt: 10 }).slice(0, 1)
    expect(await titles(first.union(last).orderBy('title'))).toBe('Four Three')
    expect(await titles(first.union(last.union(short.filter({ title: 'One' }))).orderBy('title'))).toBe(
      'Four One Three',
    )
    expect(await titles(first.union(objects.none()))).toBe('Three')
    expect(await titles(objects.none().union(first))).toBe('Three')
    expect(await titles(objects.none().union(objects.none()))).toBe('')
  })

  test('have the relations that the first loads', async () => {
    const editors = async (books: PromiseLike<(Book & { author: Author; editor: Author | null })[]>) =>
      (await books).map(({ title, author, editor }) => [title, author.name, editor?.name])
    const loaded = long.selectRelated('author', 'editor')
    const others = short.selectRelated('author', 'editor')
    expect(await editors(loaded.union(others.filter({ pages: 50 })).orderBy('title'))).toEqual([
      ['Four', 'Bob', undefined],
      ['One', 'Ada', 'Bob'],
      ['Three', 'Bob', 'Ada'],
    ])
    expect(
      await editors(
        loaded
          .intersection(objects.all().union(short) as never)
          .orderBy('-title')
          .slice(1),
      ),
    ).toEqual([['One', 'Ada', 'Bob']])
    expect(await loaded.union(others).count()).toBe(3)
    expect(
      await loaded
        .union(short as never)
        .orderBy('title')
        .values('title')
        .first(),
    ).toEqual({ title: 'Four' })
  })

  test('show values of one model or of several', async () => {
    const names = Author.objects.values('name').union(Tag.objects.values('name'), Author.objects.values('name'))
    expect(await names.orderBy('name')).toEqual(['Ada', 'Bob', 'Cleo', 'fun', 'poem', 'sf'].map((name) => ({ name })))
    const pairs = long.valuesList('title', 'pages').union(short.valuesList('title', 'pages')).orderBy('-pages')
    expect(await pairs).toEqual([
      ['Three', 300],
      ['One', 100],
      ['Four', 50],
    ])
    expect(await long.union(short).orderBy('title').values('title')).toEqual([
      { title: 'Four' },
      { title: 'One' },
      { title: 'Three' },
    ])
    expect(await long.union(short).orderBy('pages').valuesList('pages', { flat: true })).toEqual([50, 100, 300])
  })

  test('are ordered by annotations, and are what a column is in', async () => {
    const counted = (books: typeof long) => books.annotate({ n: Count('tags') })
    const both = counted(long).union(counted(short)).orderBy('-n', 'title')
    expect((await both).map(({ title, n }) => [title, n])).toEqual([
      ['One', 2],
      ['Three', 1],
      ['Four', 0],
    ])
    const authors = Author.objects.filter({ id__in: long.values('author').union(short.values('author')) })
    expect((await authors).map(({ name }) => name)).toEqual(['Ada', 'Bob'])
    expect(await titles(objects.exclude({ pk__in: long.union(short) } as never))).toBe('Two Five')
  })

  test('take nothing else afterwards', () => {
    const both = long.union(short)
    const refused: (() => unknown)[] = [
      () => both.filter({ title: 'x' }),
      () => both.exclude({ title: 'x' }),
      () => both.annotate({ n: Count('tags') }),
      () => both.alias({ n: Count('tags') }),
      () => both.distinct(),
      () => both.selectRelated('author'),
      () => both.defer('title'),
      () => both.only('title'),
      () => both.selectForUpdate(),
      () => both.or(long),
      () => long.and(both),
      () => both.dates('created', 'year'),
      () => both.values({ x: F('pages') } as never),
    ]
    for (const call of refused) expect(call).toThrow(NotSupportedError)
    expect(() => both.filter({ title: 'x' })).toThrow('Calling filter() after union() is not supported')
    expect(() => long.difference(short).distinct()).toThrow('after difference()')
  })

  test('are neither aggregated, updated nor deleted, nor ordered by what they do not show', async () => {
    const both = long.union(short)
    await expect(both.aggregate({ n: Count('id') })).rejects.toThrow(NotSupportedError)
    await expect(both.update({ title: 'x' })).rejects.toThrow(NotSupportedError)
    await expect(both.delete()).rejects.toThrow(NotSupportedError)
    await expect(async () => await both.orderBy('author__name')).rejects.toThrow(FieldError)
    await expect(async () => await both.orderBy(F('pages').add(1))).rejects.toThrow(FieldError)
    expect(await objects.count()).toBe(5)
  })
})

describe('querysets combined', () => {
  test('by or have the conditions of either', async () => {
    expect(await titles(long.or(objects.filter({ author__name: 'Cleo' })))).toBe('One Three Five')
    expect(await titles(objects.filter({ editor__name: 'Bob' }).or(objects.filter({ title: 'Two' })))).toBe('One Two')
    expect(await titles(objects.exclude({ pages: null }).or(objects.filter({ tags__name: 'poem' })))).toBe(
      'One One Three Four Five',
    )
    expect(await titles(long.or(objects.all()))).toBe('One Two Three Four Five')
    expect(await titles(long.or(objects.none()))).toBe('One Three')
    expect(await titles(objects.none().or(long))).toBe('One Three')
  })

  test('by and have the conditions of both', async () => {
    expect(await titles(long.and(short))).toBe('One')
    expect(await titles(objects.filter({ tags__name: 'sf' }).and(objects.filter({ tags__name: 'fun' })))).toBe('One')
    expect(await titles(long.and(objects.none()))).toBe('')
  })

  test('keep chained conditions over many rows apart', async () => {
    const both = objects.filter({ tags__name: 'sf' }).filter({ tags__name: 'fun' })
    expect(await titles(both.distinct().or(objects.filter({ title: 'Four' }).distinct()))).toBe('One Four')
    const other = objects.filter({ tags__name: 'poem' }).filter({ tags__name: 'sf' })
    expect(await titles(both.distinct().or(other.distinct()))).toBe('One Five')
  })

  test('are ordered as the second, or else as the first', async () => {
    expect(await titles(long.orderBy('title').or(short.orderBy('-title')))).toBe('Three One Four')
    expect(await titles(long.orderBy('-title').or(short))).toBe('Three One Four')
    const by = F('pages').multiply(-1)
    expect(await titles(long.or(short.orderBy(by)))).toBe('Three One Four')
  })

  test('are filtered, annotated and counted further', async () => {
    const either = long.or(objects.filter({ author__name: 'Cleo' }))
    expect(await either.filter({ pages__isnull: false }).count()).toBe(2)
    expect(
      await either
        .annotate({ n: Count('tags') })
        .filter({ n: 2 })
        .count(),
    ).toBe(2)
    expect(await titles(either.filter(Q({ title: 'One' }).or({ title: 'Five' })))).toBe('One Five')
  })

  test('take no aggregates of the second', async () => {
    const tagged = objects.annotate({ n: Count('tags') }).filter({ n: 2 })
    expect(await titles(tagged.and(long))).toBe('One')
    expect(() => long.and(tagged)).toThrow('Call and() on the other one')
    expect(() => long.or(tagged)).toThrow(QueryError)
  })

  test('must be of one model, whole, and alike in being distinct', () => {
    expect(() => long.or(Author.objects.all() as never)).toThrow('takes a queryset of Book, not one of Author')
    expect(() => long.slice(0, 1).or(short)).toThrow(QueryError)
    expect(() => long.and(short.slice(0, 1))).toThrow(QueryError)
    expect(() => long.or(short.distinct())).toThrow('is distinct with one that is not')
  })
})
