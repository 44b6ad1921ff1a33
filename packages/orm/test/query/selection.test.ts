import { beforeEach, describe, expect, test } from 'vitest'
import {
  atomic,
  Coalesce,
  Count,
  captureQueries,
  F,
  FieldError,
  Lower,
  NotSupportedError,
  Q,
  QueryError,
  TransactionManagementError,
} from '../../src/index.ts'
import { Author } from '../library/author.ts'
import { Book } from '../library/book.ts'
import { fillLibrary, useLibrary } from '../library/use-library.ts'
import { vendor } from '../temporary-database.ts'

useLibrary()
beforeEach(async () => void (await fillLibrary()))

const { objects } = Book
const titles = async (books: PromiseLike<{ title: string }[]>) => (await books).map(({ title }) => title).join(' ')

describe('values and lists', () => {
  test('have paths, parts of dates, expressions and annotations', async () => {
    const rows = objects.filter({ title: 'One' }).annotate({ n: Count('tags') })
    expect(await rows.values('title', 'n', 'author__name', 'created__year', { low: Lower('title') })).toEqual([
      { title: 'One', n: 2, author__name: 'Ada', created__year: Temporal.Now.plainDateISO('UTC').year, low: 'one' },
    ])
    expect(await rows.valuesList('n', Lower('title'), F('pages').add(1))).toEqual([[2, 'one', 101]])
    expect(await rows.valuesList('title', 'title')).toEqual([['One', 'One']])
    expect(await rows.valuesList(Lower('title'), { flat: true })).toEqual(['one'])
    expect(Object.keys((await rows.values())[0]!)).toEqual([...Book.meta.fields.map(({ attribute }) => attribute), 'n'])
    expect(await rows.values('pk')).toEqual([{ pk: (await objects.get({ title: 'One' })).id }])
  })

  test('have names that are not taken, and follow each other', async () => {
    expect(() => objects.values({ title: F('pages') } as never)).toThrow('conflicts with a field of Book')
    expect(() => objects.values('created__years' as never)).toThrow("Field 'created' has no part 'years'")
    expect(await objects.values('title', 'pages').values('pages').filter({ title: 'One' })).toEqual([{ pages: 100 }])
    expect(
      await objects
        .values('title')
        .annotate({ more: F('pages').add(1) })
        .filter({ more: 101 }),
    ).toEqual([{ title: 'One', more: 101 }])
  })
})

describe('an order', () => {
  test('is by expressions, and says where rows without a value stand', async () => {
    expect(await titles(objects.orderBy(F('pages').asc({ nullsFirst: true }), 'title'))).toBe('Five Two Four One Three')
    expect(await titles(objects.orderBy(F('pages').asc({ nullsLast: true }), 'title'))).toBe('Four One Three Five Two')
    expect(await titles(objects.orderBy(F('pages').desc({ nullsLast: true }), '-title'))).toBe(
      'Three One Four Two Five',
    )
    expect(await titles(objects.orderBy(F('pages').desc({ nullsLast: true }), 'title').reverse())).toBe(
      'Two Five Four One Three',
    )
    expect(await titles(objects.orderBy(Lower('title').desc()))).toBe('Two Three One Four Five')
    expect(await titles(objects.orderBy('created__year', '-title'))).toBe('Two Three One Four Five')
    expect(await titles(objects.annotate({ a: F('author__name') }).orderBy('-a', 'title'))).toBe(
      'Five Four Three One Two',
    )
    expect(() => F('pages').asc({ nullsFirst: true, nullsLast: true })).toThrow('not both')
    expect(() => objects.orderBy(Count('tags').desc())).toThrow('annotate() it, and order by its name')
    expect(() => objects.filter({ pages__gt: Count('tags') })).toThrow('annotate() it, and name it in the condition')
    const tagged = objects.annotate({ n: Count('tags') })
    expect(await titles(tagged.orderBy(Count('tags').desc(), 'title'))).toBe('Five One Three Two Four')
  })

  test('by chance is one, and of all rows', async () => {
    expect((await objects.orderBy('?')).map(({ title }) => title).sort()).toEqual([
      'Five',
      'Four',
      'One',
      'Three',
      'Two',
    ])
  })

  test('of distinct rows counts in what is distinct', async () => {
    expect(
      await titles(
        objects
          .filter({ tags__name__in: ['sf', 'fun'] })
          .distinct()
          .orderBy('-title'),
      ),
    ).toBe('Two Three One Five')
    const authors = await objects.values('author').distinct().orderBy('author__name', 'pages')
    expect(authors).toHaveLength(5)
    expect(await objects.orderBy().values('author').distinct().count()).toBe(3)
    expect(await objects.values('author').distinct().orderBy(Lower('author__name'))).toHaveLength(3)
  })

  test('distinct with names keeps the first of each set, on PostgreSQL', async () => {
    const firsts = objects.orderBy('author__name', '-title').distinct('author__name')
    if (vendor === 'sqlite') {
      await expect(async () => await firsts).rejects.toThrow(NotSupportedError)
      return
    }
    expect(await titles(firsts)).toBe('Two Three Five')
    expect(await firsts.count()).toBe(3)
    expect(await titles(objects.filter({ id__in: firsts.values('id') }))).toBe('Two Three Five')
  })
})

describe('defer and only', () => {
  const columns = async (run: () => PromiseLike<unknown>) => {
    const { queries } = await captureQueries(async () => void (await run()))
    return [...queries[0]!.sql.split(' FROM ')[0]!.matchAll(/"(\w+)"\."(\w+)"/g)].map(
      ([, table, column]) => `${table}.${column}`,
    )
  }
  const book = (...names: string[]) => names.map((name) => `library_book.${name}`)

  test('choose columns; the key is always there', async () => {
    expect(await columns(() => objects.only('title'))).toEqual(book('id', 'title'))
    expect(await columns(() => objects.only('title').only('pages'))).toEqual(book('id', 'pages'))
    expect(await columns(() => objects.only('title', 'pages').defer('pages'))).toEqual(book('id', 'title'))
    expect(await columns(() => objects.defer('title', 'pages').only('pages', 'isbn'))).toEqual(book('id', 'isbn'))
    const all = await columns(() => objects.all())
    expect(await columns(() => objects.defer('title').defer('pages'))).toEqual(
      all.filter((name) => !/title|pages/.test(name)),
    )
    expect(await columns(() => objects.defer('title').defer(null))).toEqual(all)
    expect(await columns(() => objects.defer('pk' as never))).toEqual(all)
  })

  test('choose columns of relations that are loaded', async () => {
    expect(await columns(() => objects.selectRelated('author').only('title', 'author__name'))).toEqual([
      ...book('id', 'title', 'author_id'),
      'library_author.id',
      'library_author.name',
    ])
    expect(await columns(() => objects.selectRelated('author').defer('author__name'))).not.toContain(
      'library_author.name',
    )
    await expect(async () => await objects.selectRelated('author').only('title')).rejects.toThrow(
      'Book.author cannot be both deferred and traversed',
    )
  })

  test('take columns of instances alone', () => {
    expect(() => objects.only('titel' as never)).toThrow("Did you mean 'title'?")
    expect(() => objects.values('title').defer('pages')).toThrow(QueryError)
    expect(() => objects.values('title').only('pages')).toThrow(QueryError)
  })
})

describe('selectForUpdate', () => {
  test('locks within a transaction, on PostgreSQL', async () => {
    const sqlOf = async (run: () => PromiseLike<unknown>) => {
      const { queries } = await captureQueries(async () => await atomic(async () => await run()))
      return queries[0]!.sql.split('ORDER BY')[1]!
    }
    const locked = objects.selectForUpdate()
    if (vendor === 'sqlite') {
      expect(await locked).toHaveLength(5)
      expect(await sqlOf(() => objects.selectForUpdate())).not.toContain('FOR')
      return
    }
    await expect(async () => await locked).rejects.toThrow(TransactionManagementError)
    expect(await sqlOf(() => locked)).toMatch(/ FOR UPDATE$/)
    expect(await sqlOf(() => locked.slice(0, 1))).toMatch(/ LIMIT 1 FOR UPDATE$/)
    expect(await sqlOf(() => objects.selectForUpdate({ nowait: true }))).toMatch(/ FOR UPDATE NOWAIT$/)
    expect(await sqlOf(() => objects.selectForUpdate({ skipLocked: true, noKey: true }))).toMatch(
      / FOR NO KEY UPDATE SKIP LOCKED$/,
    )
    const related = objects.selectRelated('author').selectForUpdate({ of: ['self', 'author'] })
    expect(await sqlOf(() => related)).toMatch(/ FOR UPDATE OF "library_book", "library_author"$/)
    expect(await locked.count()).toBe(5)
  })

  test('refuses what makes no sense', async () => {
    expect(() => objects.selectForUpdate({ nowait: true, skipLocked: true })).toThrow('nowait or skipLocked, not both')
    const other = objects.selectForUpdate({ of: ['author'] } as never)
    await expect(atomic(async () => await other)).rejects.toThrow(FieldError)
    expect(() => objects.selectForUpdate().union(objects.all())).toThrow(QueryError)
  })
})

test('explain() tells the plan of a query', async () => {
  const plan = await objects.filter({ author__name: 'Ada', pages__gt: 10 }).explain()
  expect(plan).toMatch(vendor === 'sqlite' ? /SCAN|SEARCH/ : /Scan/)
  if (vendor === 'postgresql') {
    const told = JSON.parse(await objects.explain({ format: 'json', analyze: true }))
    expect(told[0]).toHaveProperty('Plan')
  } else await expect(objects.explain({ format: 'json' })).rejects.toThrow(NotSupportedError)
})

describe('update with expressions', () => {
  test('sets columns by others of the row', async () => {
    expect(
      await objects
        .filter({ pages__isnull: false })
        .update({ pages: F('pages').add(1), title: Lower('title') } as never),
    ).toBe(3)
    expect(await objects.orderBy('id').valuesList('title', 'pages')).toEqual([
      ['one', 101],
      ['Two', null],
      ['three', 301],
      ['four', 51],
      ['Five', null],
    ])
    expect(await objects.filter({ tags__name: 'fun' }).update({ pages: F('pages').multiply(2) } as never)).toBe(2)
    expect(
      await objects
        .annotate({ twice: F('pages').multiply(2) })
        .filter({ twice__gt: 500 })
        .update({ pages: F('twice') } as never),
    ).toBe(1)
    expect(await objects.filter({ pages__gt: 200 }).orderBy('id').valuesList('pages', { flat: true })).toEqual([
      202, 1204,
    ])
    const isLong = Coalesce(Q({ pages__gt: 500 }), false)
    expect(await objects.update({ editor: F('author'), isDraft: isLong } as never)).toBe(5)
    expect(await titles(objects.filter({ isDraft: true, editor__name: 'Bob' }))).toBe('three')
  })

  test('refuses relations, aggregates and names that are no columns', async () => {
    await expect(objects.update({ title: F('author__name') } as never)).rejects.toThrow('not paths over relations')
    await expect(objects.update({ pages: Count('tags') } as never)).rejects.toThrow('takes no aggregate')
    await expect(objects.update({ author__name: 'x' } as never)).rejects.toThrow(FieldError)
    await expect(objects.update({ pages: F('pags') } as never)).rejects.toThrow(FieldError)
    await expect(objects.update({ editor: 1, editorId: 2 } as never)).rejects.toThrow('sets editor twice')
    expect(await Author.objects.update({ name: F('slug') } as never)).toBe(3)
  })
})
