import { Decimal } from 'decimal.js'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  atomic,
  captureQueries,
  FieldError,
  FieldValueError,
  ProtectedError,
  ValidationError,
} from '../../src/index.ts'
import { Author, Profile } from '../library/author.ts'
import { Book, Tag, Voucher } from '../library/book.ts'
import { fillLibrary, queriesOf, useLibrary } from '../library/use-library.ts'
import { vendor } from '../temporary-database.ts'

useLibrary()
/** UPDATE of one book's title, as each database writes its parameters. */
const titleUpdated = `UPDATE "library_book" SET "title" = ${vendor === 'sqlite' ? '? WHERE "id" = ?' : '$1 WHERE "id" = $2'}`
let people: Awaited<ReturnType<typeof fillLibrary>>
beforeEach(async () => {
  people = await fillLibrary()
})

const instant = Temporal.Instant.from('2026-03-01T12:30:00.000250Z')

test('values come back as they were, without loss', async () => {
  const values = {
    title: 'x',
    isbn: 9_007_199_254_740_993n,
    price: new Decimal('12.50'),
    publishedAt: instant,
    isDraft: true,
  }
  const { id } = await Book.objects.create({ ...values, author: people.ada })
  const book = await Book.objects.get({ id })
  expect(book.isbn).toBe(9_007_199_254_740_993n)
  expect(book.price?.toFixed(2)).toBe('12.50')
  expect(book.publishedAt?.equals(instant)).toBe(true)
  expect(book.isDraft).toBe(true)
  expect(book.id).toBe(id)
  expect(book.pages).toBe(null)
})

test('a row shows its values and nothing else', async () => {
  const tag = await Tag.objects.get({ name: 'sf' })
  expect({ ...tag }).toEqual({ id: 1, name: 'sf' })
  expect(JSON.parse(JSON.stringify(tag))).toEqual({ id: 1, name: 'sf' })
  expect(structuredClone({ ...tag })).toEqual({ id: 1, name: 'sf' })
  expect(await Tag.objects.get({ name: 'sf' })).toEqual(tag)
  expect(Object.keys(await Profile.objects.get({}))).toEqual(['id', 'bio', 'authorId'])
})

test('save writes what changed, and nothing where nothing did', async () => {
  const book = await Book.objects.get({ title: 'One' })
  expect(await queriesOf(() => book.save())).toBe(0)
  book.title = 'Uno'
  const { queries } = await captureQueries(() => book.save())
  expect(queries.map(({ sql }) => sql)).toEqual([titleUpdated])
  await book.refreshFromDb()
  expect(book.title).toBe('Uno')
  book.pages = 1
  book.title = 'Due'
  await book.save({ updateFields: ['pages'] })
  expect((await Book.objects.get({ id: book.id })).title).toBe('Uno')
})

test('undefined is refused as a value of a new row', async () => {
  for (const values of [{ title: undefined }, { title: 'x', pages: undefined }, { title: 'x', author: undefined }]) {
    expect(() => new Book(values as {})).toThrow(FieldValueError)
    await expect(Book.objects.create(values as never)).rejects.toThrow(/got undefined/)
  }
})

test('bytes and documents changed in place are saved', async () => {
  const { code } = await Voucher.objects.create({
    book: await Book.objects.get({ title: 'One' }),
    image: new Uint8Array([1, 2]),
  })
  const voucher = await Voucher.objects.get({ code })
  voucher.image![0] = 7
  voucher.uses.push('today')
  await voucher.save()
  voucher.image![1] = 9
  await voucher.save()
  const again = await Voucher.objects.get({ code })
  expect([[...again.image!], again.uses, again.terms]).toEqual([[7, 9], ['today'], null])
  expect(await queriesOf(() => again.save())).toBe(0)
})

test('what save({ updateFields }) left out is still to be saved', async () => {
  const book = await Book.objects.get({ title: 'One' })
  book.title = 'Uno'
  book.pages = 1
  await book.save({ updateFields: ['pages'] })
  const { queries } = await captureQueries(() => book.save())
  expect(queries.map(({ sql }) => sql)).toEqual([titleUpdated])
  expect(await Book.objects.filter({ title: 'Uno', pages: 1 }).count()).toBe(1)
})

test('what a rollback took back is saved again', async () => {
  const book = await Book.objects.get({ title: 'One' })
  const tag = new Tag({ name: 'new' })
  const fails = async (): Promise<void> => {
    book.title = 'Uno'
    await book.save()
    await tag.save()
    throw new Error('no')
  }
  await expect(atomic(fails)).rejects.toThrow('no')
  await book.save()
  await tag.save()
  expect(await Book.objects.filter({ title: 'Uno' }).count()).toBe(1)
  expect(await Tag.objects.filter({ name: 'new' }).count()).toBe(1)

  await atomic(async () => {
    const inner = async (): Promise<void> => {
      book.title = 'Due'
      await atomic(() => book.save())
      throw new Error('no')
    }
    await expect(atomic(inner)).rejects.toThrow('no')
    await book.save()
  })
  expect(await Book.objects.filter({ title: 'Due' }).count()).toBe(1)
  expect(await queriesOf(() => book.save())).toBe(0)
})

test('a key of its own kind: inserted under it, or updated where it is taken', async () => {
  const book = await Book.objects.get({ title: 'One' })
  const voucher = await Voucher.objects.create({ book })
  expect(voucher.code).toMatch(/^[\da-f]{8}-/)
  expect(voucher.id).toBe(voucher.code)
  expect((await Voucher.objects.get({ pk: voucher.id })).bookId).toBe(book.id)
  await new Tag({ id: people.sf.id, name: 'scifi' }).save()
  expect(await Tag.objects.count()).toBe(3)
  await new Tag({ id: 99, name: 'late' }).save()
  expect(await Tag.objects.filter({ id: 99 }).exists()).toBe(true)
})

test('getOrCreate finds, or makes of conditions and defaults', async () => {
  const [found, made] = await Tag.objects.getOrCreate({ name: 'sf' })
  expect([found.id, made]).toEqual([people.sf.id, false])
  const [author, created] = await Author.objects.getOrCreate({ slug: 'dora' }, { name: 'Dora' })
  expect([author.name, created]).toEqual(['Dora', true])
})

test('update changes rows over joins in one statement', async () => {
  expect(await Book.objects.filter({ author__name: 'Ada' }).update({ pages: 7, editor: people.bob })).toBe(2)
  expect(await Book.objects.filter({ pages: 7, editor__name: 'Bob' }).count()).toBe(2)
  expect(await Book.objects.filter({ pages: 7 }).update({ pages: null })).toBe(2)
})

describe('delete', () => {
  test('takes along what cascades and counts it', async () => {
    const one = await Book.objects.get({ title: 'One' })
    await Voucher.objects.create({ book: one })
    expect(await one.delete()).toEqual([4, { 'library.Book_tags': 2, 'library.Voucher': 1, 'library.Book': 1 }])
    expect(one.id).toBe(null)
    expect(await Tag.objects.count()).toBe(3)
  })

  test('is refused by PROTECT, and sets null', async () => {
    await expect(people.bob.delete()).rejects.toThrow(ProtectedError)
    await Book.objects.update({ editor: null })
    const [total, counts] = await people.ada.delete()
    expect([total, counts]).toEqual([
      7,
      { 'library.Book_tags': 3, 'library.Profile': 1, 'library.Book': 2, 'library.Author': 1 },
    ])
    await people.bob.refreshFromDb()
    expect(people.bob.mentorId).toBe(null)
  })

  test('of a queryset deletes its rows alone', async () => {
    expect(await Tag.objects.filter({ name__in: ['sf', 'poem'] }).delete()).toEqual([
      6,
      { 'library.Book_tags': 4, 'library.Tag': 2 },
    ])
    expect((await Tag.objects.all()).map(({ name }) => name)).toEqual(['fun'])
  })
})

test('get tells how many rows there were', async () => {
  await expect(Book.objects.get({ id: 99 })).rejects.toThrow(Book.DoesNotExist)
  await expect(Book.objects.get({ author__name: 'Ada' })).rejects.toThrow(Book.MultipleObjectsReturned)
  await expect(Book.objects.get({ id: 99 })).rejects.not.toBeInstanceOf(Author.DoesNotExist)
})

describe('names and values that are wrong', () => {
  const filter = (conditions: object) => () => Book.objects.filter(conditions as never)

  test('are named, with what was meant', () => {
    expect(filter({ athor__name: 'x' })).toThrow(
      "Book has no field 'athor' (in filter 'athor__name'). Did you mean 'author'? Fields: author, created, editor, id, isDraft, isbn, pages, price, publishedAt, tags, title.",
    )
    expect(filter({ author__nam: 'x' })).toThrow("Author has no field 'nam'")
    expect(filter({ title__icontain: 'x' })).toThrow("Did you mean 'icontains'?")
    expect(filter({ pages__icontains: 'x' })).toThrow(FieldError)
    expect(filter({ author__icontains: 'x' })).toThrow(FieldError)
    expect(() => Book.objects.orderBy('-tittle' as never)).toThrow("Did you mean 'title'?")
    expect(() => Book.objects.values('tittle' as never)).toThrow("Did you mean 'title'?")
    expect(() => Book.objects.selectRelated('tags' as never)).toThrow("prefetchRelated('tags')")
    expect(() => new Book({ tittle: 'x' } as never)).toThrow("Did you mean 'title'?")
  })

  test('that are no names at all are told so', async () => {
    const books = Book.objects as unknown as Record<string, (path: unknown) => PromiseLike<unknown>>
    for (const method of ['values', 'valuesList', 'selectRelated', 'prefetchRelated', 'orderBy', 'filter', 'exclude']) {
      await expect((async () => books[method]!(undefined))()).rejects.toThrow(FieldError)
    }
    await expect(Book.objects.update({ tags: [1] } as {})).rejects.toThrow('Book.tags is no column')
  })

  test('never reach the database', () => {
    expect(filter({ title: undefined })).toThrow('undefined never means "no filter"')
    expect(filter({ pages__gt: '3' })).toThrow(FieldValueError)
    expect(filter({ pages__gt: null })).toThrow(FieldValueError)
    expect(filter({ author: people.sf })).toThrow('a row of Author')
    expect(filter({ publishedAt__gte: new Date() })).toThrow('Temporal.Instant')
    expect(filter({ tags__isnull: 1 })).toThrow('true or false')
  })

  const injections = ['id" OR 1=1 --', "id') UNION SELECT 1 --", 'title"', 'pages;DROP TABLE x']
  test.each(injections)('a name is never SQL: %s', (name) => {
    expect(filter({ [name]: 1 })).toThrow(FieldError)
    expect(filter({ [`author__${name}`]: 1 })).toThrow(FieldError)
    expect(() => Book.objects.orderBy(name as never)).toThrow(FieldError)
    expect(() => Book.objects.values(name as never)).toThrow(FieldError)
    expect(() => Book.objects.annotate({ [name]: { name: 'COUNT', path: 'id' } } as never)).toThrow(FieldError)
  })
})

describe('fullClean', () => {
  const problems = async (row: { fullClean(): Promise<void> }) => {
    const error = await row.fullClean().then(
      () => undefined,
      (thrown) => thrown,
    )
    if (error === undefined) return {}
    expect(error).toBeInstanceOf(ValidationError)
    const { errors } = error as ValidationError
    return Object.fromEntries(
      Object.entries(errors).map(([name, messages]) => [name, messages.map(({ code }) => code)]),
    )
  }

  test('collects what is wrong by field, with codes', async () => {
    expect(await problems(new Author({ name: '', slug: 'no spaces' }))).toEqual({ name: ['blank'], slug: ['invalid'] })
    expect(await problems(new Tag({ name: 'x'.repeat(21) }))).toEqual({ name: ['max_length'] })
    expect(await problems(new Tag({ name: 'sf' }))).toEqual({ name: ['unique'] })
    expect(await problems(people.sf)).toEqual({})
    expect(await problems(new Book({ title: 'x' }))).toEqual({ author: ['null'] })
    expect(await problems(new Book({ title: 'x', authorId: 99 }))).toEqual({ author: ['invalid'] })
    expect(await problems(new Book({ title: 'x', author: people.ada, price: '1.234' }))).toEqual({
      price: ['max_decimal_places'],
    })
  })

  test.each(['1e90000000', '-1e-90000000', 'Infinity', 'NaN', '12.'.repeat(2)])(
    'refuses %s, without writing all its digits',
    async (price) => {
      expect(await problems(new Book({ title: 'x', author: people.ada, price }))).toEqual({ price: ['invalid'] })
    },
  )

  test('makes text into values, as a form sends them', async () => {
    const book = new Book({
      title: 'x',
      author: people.ada,
      pages: '12' as never,
      publishedAt: '2026-03-01T12:30' as never,
    })
    await book.fullClean()
    expect(book.pages).toBe(12)
    expect(book.publishedAt?.toString()).toBe('2026-03-01T12:30:00Z')
  })

  test.each([
    ['2026-03-01', '2026-03-01T00:00:00Z'],
    ['2026-03-01 12:30+02', '2026-03-01T10:30:00Z'],
    ['2026-03-01T12:30:00.5-01:30', '2026-03-01T14:00:00.5Z'],
    ['2026-03-01T12:30:00z', '2026-03-01T12:30:00Z'],
  ])('reads %s as a point in time', async (text, expected) => {
    const book = new Book({ title: 'x', author: people.ada, publishedAt: text as never })
    await book.fullClean()
    expect(book.publishedAt?.toString()).toBe(expected)
  })
})
