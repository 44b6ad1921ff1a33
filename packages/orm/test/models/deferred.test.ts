import { inspect } from 'node:util'
import { isPending, pending } from '@nuages/foundation'
import { beforeEach, expect, test } from 'vitest'
import { captureQueries, FieldFetchBlocked } from '../../src/index.ts'
import { Author } from '../library/author.ts'
import { Book, Tag } from '../library/book.ts'
import { fillLibrary, queriesOf, useLibrary } from '../library/use-library.ts'

useLibrary()
let people: Awaited<ReturnType<typeof fillLibrary>>
beforeEach(async () => {
  people = await fillLibrary()
})

test('a row shows the columns that it has', async () => {
  const book = await Book.objects.only('title').get({ title: 'One' })
  expect(book).toBeInstanceOf(Book)
  expect({ ...book }).toEqual({ id: book.id, title: 'One' })
  expect(JSON.parse(JSON.stringify(book))).toEqual({ id: book.id, title: 'One' })
  expect(inspect(book)).toBe(`Book { id: ${book.id}, title: 'One' }`)
  expect(book.getDeferredFields()).toEqual(
    new Set(['pages', 'isDraft', 'price', 'isbn', 'publishedAt', 'created', 'author', 'editor']),
  )
  expect(Object.keys(await Book.objects.defer('title', 'created', 'author').get({ title: 'One' }))).toEqual([
    'id',
    'pages',
    'isDraft',
    'price',
    'isbn',
    'publishedAt',
    'editorId',
  ])
})

test('a column that is awaited on one row is loaded for all', async () => {
  const books = await Book.objects.only('title')
  const queries = await queriesOf(async () => {
    expect(await Promise.all(books.map((book) => book.pages))).toEqual([100, null, 300, 50, null])
    for (const book of books) await book.pages
  })
  expect(queries).toBe(1)
  expect(books[0]!.pages).toBe(100)
  expect(Object.keys(books[0]!)).toContain('pages')
  expect(books[0]!.getDeferredFields().has('pages')).toBe(false)
  expect(await books[0]!.created).toBeInstanceOf(Temporal.Instant)
})

test('save writes what was loaded or assigned, if it changed, and nothing else', async () => {
  const book = await Book.objects.only('title', 'pages').get({ title: 'One' })
  expect(await queriesOf(() => book.save())).toBe(0)
  await Book.objects.filter({ id: book.id }).update({ isbn: 5n })
  Object.assign(book, { pages: 7, isDraft: true })
  const { queries } = await captureQueries(() => book.save())
  expect(queries).toHaveLength(1)
  expect(queries[0]!.sql).toMatch(/^UPDATE "library_book" SET "pages" = \S+ "is_draft" = \S+ WHERE "id" = \S+$/)
  const stored = await Book.objects.get({ id: book.id })
  expect([stored.title, stored.pages, stored.isDraft, stored.isbn]).toEqual(['One', 7, true, 5n])
  await book.isbn
  expect(await queriesOf(() => book.save())).toBe(0)
})

test('a row that is gone is not made again of its part', async () => {
  const book = await Book.objects.only('title').get({ title: 'One' })
  await Book.objects.filter({ id: book.id }).delete()
  Object.assign(book, { title: 'x' })
  await expect(book.save()).rejects.toThrow(Book.NotUpdated)
  await expect((async () => book.pages)()).rejects.toThrow(Book.DoesNotExist)
})

test('a copy has all columns', async () => {
  const book = await Book.objects.only('title').get({ title: 'One' })
  Object.assign(book, { id: null })
  await book.save()
  const copy = await Book.objects.filter({ title: 'One' }).latest('id')
  expect([copy.pages, copy.authorId]).toEqual([100, people.ada.id])
})

test('a relation whose key was left out loads the key first', async () => {
  const [one, , three] = await Book.objects.only('title')
  const queries = await queriesOf(async () => {
    expect((await one!.author).name).toBe('Ada')
    expect((await three!.author).name).toBe('Bob')
  })
  expect(queries).toBe(2)
  expect(await queriesOf(() => Book.objects.only('title').prefetchRelated('author' as never))).toBe(3)
})

test('the key is enough for relations to many rows', async () => {
  const [one] = await Book.objects.only('title')
  expect((await one!.tags).map(({ name }) => name)).toEqual(['fun', 'sf'])
})

test('columns of a related row may be left out', async () => {
  const book = (await Book.objects
    .selectRelated('author')
    .only('title', 'author__name' as never)
    .get({ title: 'One' })) as unknown as { author: Author; title: string }
  expect({ ...book.author }).toEqual({ id: people.ada.id, name: 'Ada' })
  expect(await queriesOf(async () => expect(await book.author.slug).toBe('ada'))).toBe(1)
})

test('fullClean and refreshFromDb', async () => {
  const tag = await Tag.objects.only('id').get({ name: 'sf' })
  expect(tag.getDeferredFields()).toEqual(new Set(['name']))
  await tag.refreshFromDb()
  expect(tag.getDeferredFields()).toEqual(new Set(['name']))
  await tag.refreshFromDb({ fields: ['name'] })
  expect({ ...tag }).toEqual({ id: tag.id, name: 'sf' })
  const author = await Author.objects.only('name').get({ name: 'Ada' })
  await author.fullClean()
  expect(author.getDeferredFields().size).toBe(0)
})

test('raise refuses, one asks for itself alone', async () => {
  const [book] = await Book.objects.only('title').fetchMode('raise')
  await expect((async () => book!.pages)()).rejects.toThrow(FieldFetchBlocked)
  const books = await Book.objects.only('title').fetchMode('one')
  expect(await queriesOf(() => Promise.all(books.map((each) => each.pages)))).toBe(5)
})

test('templates load what is left out, for all rows at once', async () => {
  const books = await Book.objects.only('title')
  const values: unknown[] = books.map((book) => book.pages)
  const queries = await queriesOf(async () => {
    for (const value of values) {
      const state = isPending(value) ? value[pending]() : undefined
      if (state && !state.ready) await state.load()
    }
  })
  expect(queries).toBe(1)
  const [first] = values
  expect(isPending(first) && first[pending]()).toEqual({ ready: true, value: 100 })
})
