import { beforeEach, describe, expect, test } from 'vitest'
import {
  Avg,
  Case,
  Coalesce,
  Count,
  captureQueries,
  Decimal,
  F,
  FieldError,
  FilteredRelation,
  Lower,
  Max,
  Min,
  Q,
  QueryError,
  Sum,
  Value,
  When,
} from '../../src/index.ts'
import { Author } from '../library/author.ts'
import { Book, Tag } from '../library/book.ts'
import { fillLibrary, useLibrary } from '../library/use-library.ts'

useLibrary()
beforeEach(async () => void (await fillLibrary()))

const { objects } = Book
const titles = async (books: PromiseLike<{ title: string }[]>) => (await books).map(({ title }) => title).join(' ')
const names = async (rows: PromiseLike<{ name: string }[]>) => (await rows).map(({ name }) => name).join(' ')

describe('annotate', () => {
  test('computes of columns, over relations, and of what was annotated before', async () => {
    const rows = await objects
      .annotate({ twice: F('pages').multiply(2), mentor: F('author__mentor__name') })
      .annotate({ more: F('twice').add(1), known: Coalesce('mentor', Value('nobody')) })
      .filter({ more__gt: 150 })
      .orderBy('-more')
    expect(rows.map(({ title, twice, more, known }) => [title, twice, more, known])).toEqual([
      ['Three', 600, 601, 'Ada'],
      ['One', 200, 201, 'nobody'],
    ])
    expect(rows[0]).toBeInstanceOf(Book)
  })

  test('makes a row for each row of a relation that it follows', async () => {
    const rows = await objects
      .annotate({ tag: F('tags__name') })
      .orderBy('id', 'tag')
      .values('title', 'tag')
    expect(rows.filter(({ title }) => title === 'One').map(({ tag }) => tag)).toEqual(['fun', 'sf'])
    expect(rows.find(({ title }) => title === 'Four')).toEqual({ title: 'Four', tag: null })
    expect(rows).toHaveLength(7)
  })

  test('takes a name of its own, and gives it a new meaning', async () => {
    expect(() => objects.annotate({ pages: F('id') } as never)).toThrow('conflicts with a field of Book')
    const renamed = objects
      .annotate({ x: F('pages') })
      .filter({ x: 100 })
      .annotate({ x: F('id') })
    expect((await renamed).map(({ x }) => x)).toEqual([(await objects.get({ title: 'One' })).id])
    // After values() only what rows show is taken.
    const sums = objects
      .values('author__name')
      .annotate({ pages: Sum('pages') } as never)
      .orderBy('author__name')
    expect(await sums).toEqual([
      { author__name: 'Ada', pages: 100 },
      { author__name: 'Bob', pages: 350 },
      { author__name: 'Cleo', pages: null },
    ])
  })

  test('alias() names what rows do not show', async () => {
    const books = objects
      .alias({ twice: F('pages').multiply(2) })
      .filter({ twice__gte: 200 })
      .orderBy('-twice')
    expect(await titles(books)).toBe('Three One')
    expect(Object.keys((await books)[0]!)).not.toContain('twice')
    expect(await books.annotate({ shown: F('twice') }).values('shown')).toEqual([{ shown: 600 }, { shown: 200 }])
    expect(await books.values('twice' as never).first()).toEqual({ twice: 600 })
  })
})

describe('case', () => {
  test('chooses by conditions, over relations and negated', async () => {
    const size = Case(
      When({ pages__isnull: true }, Value('unknown')),
      When(Q({ pages__gte: 100 }).and(Q({ author__name: 'Ada' }).not()), Value('long')),
      When({ tags__name: 'poem' }, Value('poem')),
      { default: Lower('title') },
    )
    const rows = await objects.annotate({ size }).orderBy('id').values('title', 'size')
    expect([...new Map(rows.map(({ title, size }) => [title, size]))]).toEqual([
      ['One', 'one'],
      ['Two', 'unknown'],
      ['Three', 'long'],
      ['Four', 'four'],
      ['Five', 'unknown'],
    ])
  })

  test('is filtered, ordered and summed by', async () => {
    const rank = Case(When({ title: 'Four' }, 1), When({ title: 'Two' }, 2), { default: 3 })
    expect(await titles(objects.annotate({ rank }).filter({ rank__lt: 3 }).orderBy('-rank'))).toBe('Two Four')
    expect(await titles(objects.orderBy(rank, '-id'))).toBe('Four Two Five Three One')
    const long = Count(Case(When({ pages__gt: 60 }, 'pages')))
    expect(await objects.aggregate({ long })).toEqual({ long: 2 })
  })

  test('must be of one type', () => {
    const mixed = Case(When({ pages: 1 }, Value('x')), { default: 1 })
    expect(() => objects.annotate({ x: mixed } as never)).toThrow('has values of several types (text, integer)')
    expect(() => objects.annotate({ x: Case(When({}, 1)) } as never)).toThrow(FieldError)
  })
})

describe('aggregates', () => {
  test('are filtered, distinct, and have a value for no rows', async () => {
    const rows = await Author.objects
      .annotate({
        long: Count('books', { filter: Q({ books__pages__gt: 60 }) }),
        pages: Sum('books__pages', { default: 0 }),
        editors: Count('books__editor', { distinct: true }),
      })
      .orderBy('name')
    expect(rows.map(({ name, long, pages, editors }) => [name, long, pages, editors])).toEqual([
      ['Ada', 1, 100, 1],
      ['Bob', 1, 350, 1],
      ['Cleo', 0, 0, 1],
    ])
  })

  test('are computed of expressions, and expressions of them', async () => {
    const rows = await Author.objects
      .annotate({ n: Count('books'), longest: Max(F('books__pages').multiply(2)) })
      .annotate({ both: F('n').add(F('longest')) })
      .filter({ both__gt: 0 })
      .orderBy('-both')
      .values('name', 'both')
    expect(rows).toEqual([
      { name: 'Bob', both: 602 },
      { name: 'Ada', both: 202 },
    ])
  })

  test('of no rows are what Django gives', async () => {
    const of = {
      n: Count('id'),
      sum: Sum('pages'),
      mean: Avg('pages'),
      least: Min('title'),
      zero: Sum('pages', { default: 0 }),
    }
    const nothing = { n: 0, sum: null, mean: null, least: null, zero: 0 }
    expect(await objects.filter({ title: 'None' }).aggregate(of)).toEqual(nothing)
    expect(await objects.none().aggregate(of)).toEqual(nothing)
    expect(await objects.all().slice(2, 2).aggregate(of)).toEqual(nothing)
    expect(await objects.aggregate({})).toEqual({})
  })

  test('of decimals are decimals', async () => {
    await objects.filter({ title: 'One' }).update({ price: new Decimal('0.10') })
    await objects.filter({ title: 'Two' }).update({ price: new Decimal('0.20') })
    const { sum, mean, twice } = await objects.aggregate({
      sum: Sum('price'),
      mean: Avg('price'),
      twice: Sum(F('price').multiply(2)),
    })
    expect([sum, mean, twice].map((value) => new Decimal(value as Decimal).toFixed(3))).toEqual([
      '0.300',
      '0.150',
      '0.600',
    ])
    expect(
      await titles(objects.annotate({ twice: F('price').multiply(2) }).filter({ twice: new Decimal('0.4') })),
    ).toBe('Two')
    expect(await titles(objects.annotate({ p: F('price') }).filter({ p__gte: new Decimal('0.15') }))).toBe('Two')
  })

  test('aggregate() computes over slices, distinct values, groups and annotations', async () => {
    expect(
      await objects
        .orderBy('pages')
        .filter({ pages__gt: 0 })
        .slice(0, 2)
        .aggregate({ sum: Sum('pages') }),
    ).toEqual({
      sum: 150,
    })
    const authors = objects.values('author').distinct()
    expect(await authors.aggregate({ n: Count('*') })).toEqual({ n: 3 })
    const grouped = objects.values('author').annotate({ n: Count('id') })
    expect(await grouped.aggregate({ most: Max('n'), all: Sum('n') })).toEqual({ most: 2, all: 5 })
    const counted = Author.objects.annotate({ n: Count('books') })
    expect(await counted.aggregate({ mean: Avg('n'), names: Max('name') })).toEqual({ mean: 5 / 3, names: 'Cleo' })
    expect(await counted.filter({ n: 2 }).aggregate({ n2: Count('*') })).toEqual({ n2: 2 })
    const twice = objects.annotate({ twice: F('pages').multiply(2) })
    expect(await twice.aggregate({ sum: Sum('twice') })).toEqual({ sum: 900 })
    const one = await objects.aggregate({ sum: Sum('pages'), n: Count('id'), ratio: F('sum').divide(F('n')) } as never)
    expect(one).toEqual({ sum: 450, n: 5, ratio: 90 })
  })

  test('an aggregate of an aggregate is one of a queryset that groups', async () => {
    const counted = Author.objects.annotate({ n: Count('books') })
    expect(() => counted.annotate({ most: Max('n') })).toThrow('cannot be computed of another aggregate')
    await expect(async () => counted.aggregate({ x: Max(Max('id') as never) })).rejects.toThrow(FieldError)
    await expect(async () => objects.aggregate({ x: F('id') } as never)).rejects.toThrow(
      "takes aggregates; 'x' is none",
    )
  })
})

describe('groups', () => {
  test('are of what values() chose before, and of what is chosen beside the aggregate', async () => {
    const byTag = objects
      .values('tags__name')
      .annotate({ n: Count('id'), pages: Sum('pages') })
      .orderBy('-n', 'tags__name')
    expect(await byTag.filter({ tags__name__isnull: false })).toEqual([
      { tags__name: 'sf', n: 3, pages: 100 },
      { tags__name: 'fun', n: 2, pages: 400 },
      { tags__name: 'poem', n: 1, pages: null },
    ])
    const long = objects.annotate({ long: Case(When({ pages__gt: 60 }, Value('long')), { default: Value('other') }) })
    expect(
      await long
        .values('long')
        .annotate({ n: Count('id') })
        .orderBy('long'),
    ).toEqual([
      { long: 'long', n: 2 },
      { long: 'other', n: 3 },
    ])
    expect(
      await objects
        .annotate({ first: Lower('author__name') })
        .values('first')
        .annotate({ n: Count('*') })
        .orderBy('first'),
    ).toEqual([
      { first: 'ada', n: 2 },
      { first: 'bob', n: 2 },
      { first: 'cleo', n: 1 },
    ])
  })

  test('are asked for by HAVING, with the rest in WHERE', async () => {
    const counted = Author.objects.annotate({ n: Count('books') })
    const { queries } = await captureQueries(async () => await counted.filter({ n__gt: 1, name: 'Bob' }))
    expect(queries[0]!.sql).toMatch(/WHERE .*"name".* GROUP BY .* HAVING COUNT/)
    expect(await names(counted.filter(Q({ n__gt: 1 }).or({ name: 'Cleo' })))).toBe('Ada Bob Cleo')
    expect(await names(counted.exclude({ n__gt: 1, name: 'Bob' }))).toBe('Ada Cleo')
    expect(await names(counted.filter({ n__lt: F('id').multiply(2) }))).toBe('Bob Cleo')
    expect(await counted.filter({ n: 2 }).count()).toBe(2)
    expect(await counted.filter({ n: 9 }).exists()).toBe(false)
  })

  test('values() after an aggregate keeps its groups', async () => {
    const counted = Author.objects.annotate({ n: Count('books') }).orderBy('name')
    expect(await counted.values('name', 'n')).toEqual([
      { name: 'Ada', n: 2 },
      { name: 'Bob', n: 2 },
      { name: 'Cleo', n: 1 },
    ])
    expect(await counted.valuesList('n', { flat: true })).toEqual([2, 2, 1])
    expect(
      await objects
        .values('author')
        .annotate({ n: Count('id') })
        .orderBy('-n', 'author')
        .valuesList('n', { flat: true }),
    ).toEqual([2, 2, 1])
  })

  test('load relations and other columns with each row', async () => {
    const books = await objects
      .annotate({ n: Count('tags') })
      .selectRelated('author', 'editor')
      .orderBy('id')
    expect(books.map(({ title, n, author, editor }) => [title, n, author.name, editor?.name ?? null])).toEqual([
      ['One', 2, 'Ada', 'Bob'],
      ['Two', 1, 'Ada', null],
      ['Three', 1, 'Bob', 'Ada'],
      ['Four', 0, 'Bob', null],
      ['Five', 2, 'Cleo', 'Cleo'],
    ])
    const mentors = objects
      .annotate({ n: Count('tags'), mentor: F('author__mentor__name') })
      .orderBy('-author__name', '-id')
    expect((await mentors).map(({ mentor, n }) => [mentor, n])).toEqual([
      ['Bob', 2],
      ['Ada', 0],
      ['Ada', 1],
      [null, 1],
      [null, 2],
    ])
  })

  test('a value is the same in every group', async () => {
    const rows = objects
      .annotate({ label: Value('book'), one: Value(1) })
      .values('label', 'one')
      .annotate({ n: Count('id') })
    expect(await rows).toEqual([{ label: 'book', one: 1, n: 5 }])
  })
})

describe('filtered relations', () => {
  test('join only the rows that answer, and keep rows without any', async () => {
    const long = FilteredRelation('books', { condition: Q({ books__pages__gt: 60 }) })
    const authors = Author.objects.annotate({ long } as never) as unknown as typeof Author.objects
    const rows = (await authors.values('name', 'long__title' as never).orderBy('name')) as unknown[]
    expect(rows).toEqual([
      { name: 'Ada', long__title: 'One' },
      { name: 'Bob', long__title: 'Three' },
      { name: 'Cleo', long__title: null },
    ])
    expect(await names(authors.filter({ long__pages__gt: 200 } as never))).toBe('Bob')
    expect(await names(authors.filter({ long__isnull: true } as never))).toBe('Cleo')
    expect(await names(authors.exclude({ long__title: 'One' } as never))).toBe('Bob Cleo')
    const counted = authors
      .annotate({ n: Count('long'), all: Count('books', { distinct: true }) } as never)
      .orderBy('name')
    expect(((await counted) as unknown as { n: number; all: number }[]).map(({ n, all }) => [n, all])).toEqual([
      [2, 2],
      [2, 2],
      [0, 1],
    ])
  })

  test('are conditions of the join, whose values come before those of WHERE', async () => {
    const fun = FilteredRelation('tags', { condition: Q({ tags__name: 'fun' }) })
    const books = objects.annotate({ fun } as never) as unknown as typeof objects
    expect(await titles(books.filter({ pages__gt: 60, fun__isnull: false } as never))).toBe('One Three')
    expect(await titles(books.filter({ pages__gt: 200, fun__name: 'fun' } as never))).toBe('Three')
    expect(() => objects.annotate({ x: FilteredRelation('title', { condition: {} }) } as never)).toThrow(
      'is no relation',
    )
  })
})

test('a queryset that was annotated after a slice, or not at all, is told so', () => {
  expect(() => objects.slice(0, 2).annotate({ n: Count('tags') })).toThrow(QueryError)
  expect(() => objects.annotate({ n: 3 as never })).toThrow(FieldError)
  expect(() => Tag.objects.annotate({ n: undefined as never })).toThrow(FieldError)
})
