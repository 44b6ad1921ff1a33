import { beforeEach, expect, test } from 'vitest'
import { FieldError, Prefetch, prefetchRelatedObjects, QueryError } from '../../src/index.ts'
import { Author } from '../library/author.ts'
import { Book, Tag } from '../library/book.ts'
import { fillLibrary, queriesOf, useLibrary } from '../library/use-library.ts'

useLibrary()
let people: Awaited<ReturnType<typeof fillLibrary>>
beforeEach(async () => {
  people = await fillLibrary()
})

const titles = (books: readonly Book[]) => books.map(({ title }) => title)

test('a queryset says which rows, in which order, and what comes with them', async () => {
  const books = Book.objects.filter({ pages__isnull: false }).orderBy('-pages').prefetchRelated('tags')
  const queries = await queriesOf(async () => {
    const authors = await Author.objects.prefetchRelated(Prefetch('books', books))
    expect(await Promise.all(authors.map(async (author) => titles(await author.books)))).toEqual([
      ['One'],
      ['Three', 'Four'],
      [],
    ])
    for (const author of authors) for (const book of await author.books) await book.tags
  })
  expect(queries).toBe(3)
})

test('toAttr keeps the rows beside the relation', async () => {
  const authors = await Author.objects
    .prefetchRelated(Prefetch('books', Book.objects.filter({ title: 'Two' }), { toAttr: 'seconds' }))
    .prefetchRelated('books')
  const shown = await Promise.all(
    authors.map(async (author) => [
      titles((author as unknown as { seconds: Book[] }).seconds),
      titles(await author.books),
    ]),
  )
  expect(shown).toEqual([
    [['Two'], ['One', 'Two']],
    [[], ['Three', 'Four']],
    [[], ['Five']],
  ])
})

test('a path leads on through an attribute', async () => {
  const queries = await queriesOf(async () => {
    const authors = await Author.objects.prefetchRelated(
      Prefetch('books', Book.objects.filter({ title: 'One' }), { toAttr: 'firsts' }),
      Prefetch('firsts__tags' as 'books__tags', Tag.objects.filter({ name: 'sf' })),
    )
    const [one] = (authors[0] as unknown as { firsts: Book[] }).firsts
    expect((await one!.tags).map(({ name }) => name)).toEqual(['sf'])
  })
  expect(queries).toBe(3)
})

test('relations to one row, both ways, with and without toAttr', async () => {
  const books = await Book.objects.prefetchRelated(
    Prefetch('author', Author.objects.filter({ name: 'Ada' }), { toAttr: 'ada' }),
    Prefetch('author', Author.objects.selectRelated('mentor')),
  )
  expect(books.map((book) => (book as unknown as { ada: Author | null }).ada?.name ?? null)).toEqual([
    'Ada',
    'Ada',
    null,
    null,
    null,
  ])
  const mentors = await queriesOf(async () => expect((await (await books[2]!.author).mentor)?.name).toBe('Ada'))
  expect(mentors).toBe(0)
  const [ada, bob] = await Author.objects.prefetchRelated('profile')
  expect(
    await queriesOf(async () =>
      expect([(await ada!.profile)?.bio, await bob!.profile]).toEqual(['Wrote the first program.', null]),
    ),
  ).toBe(0)
})

test('a slice is one for each row', async () => {
  await Book.objects.bulkCreate(
    Array.from({ length: 9 }, (_, at) => ({
      title: `Extra ${at}`,
      author: at % 2 ? people.ada : people.bob,
      pages: at,
    })),
  )
  const first = Book.objects.orderBy('-title').slice(0, 2)
  const queries = await queriesOf(async () => {
    const authors = await Author.objects.prefetchRelated(Prefetch('books', first))
    expect(await Promise.all(authors.map(async (author) => titles(await author.books)))).toEqual([
      ['Two', 'One'],
      ['Three', 'Four'],
      ['Five'],
    ])
  })
  expect(queries).toBe(2)
  const second = Author.objects.prefetchRelated(Prefetch('books', first.all().slice(1, 2), { toAttr: 'second' }))
  expect((await second).map((author) => titles((author as unknown as { second: Book[] }).second))).toEqual([
    ['One'],
    ['Four'],
    [],
  ])
})

test('a slice of a many-to-many is one for each row, too', async () => {
  const tags = await Tag.objects.prefetchRelated(Prefetch('books', Book.objects.orderBy('-id').slice(0, 1)))
  expect(await Promise.all(tags.map(async (tag) => titles(await tag.books)))).toEqual([['Three'], ['Five'], ['Five']])
})

test('a queryset that asks about the same table of pairs keeps the rows apart', async () => {
  const withOne = Tag.objects.filter({ books__title: 'One' })
  const books = await Book.objects.prefetchRelated(Prefetch('tags', withOne))
  const shown = await Promise.all(books.map(async (book) => (await book.tags).map(({ name }) => name)))
  expect(shown).toEqual([['fun', 'sf'], ['sf'], ['fun'], [], ['sf']])
})

test('rows at hand get their relations, each once', async () => {
  const books = await Book.objects.all()
  expect(await queriesOf(() => prefetchRelatedObjects(books, 'author__mentor', Prefetch('tags')))).toBe(3)
  expect(await queriesOf(() => prefetchRelatedObjects(books, 'author__mentor', 'tags'))).toBe(0)
  expect(await queriesOf(() => prefetchRelatedObjects([], 'author'))).toBe(0)
  await expect(prefetchRelatedObjects([books[0]!, people.sf], 'author')).rejects.toThrow('rows of one model')
})

test('prefetchRelated(null) takes back what was asked for', async () => {
  expect(await queriesOf(() => Book.objects.prefetchRelated('tags', 'author').prefetchRelated(null))).toBe(1)
})

test('what does not fit is refused', async () => {
  const load = async (...requests: readonly unknown[]) => Author.objects.prefetchRelated(...(requests as never[]))
  await expect(load(Prefetch('boks'))).rejects.toThrow("Did you mean 'books'?")
  await expect(load(Prefetch('books', Tag.objects.all()))).rejects.toThrow(QueryError)
  await expect(load(Prefetch('books', Book.objects.values('title')))).rejects.toThrow('values()')
  await expect(load(Prefetch('books', undefined, { toAttr: 'name' }))).rejects.toThrow(FieldError)
  await expect(load('books', Prefetch('books', Book.objects.filter({ pages: 1 })))).rejects.toThrow('twice')
  expect(() => Prefetch('books', [] as never)).toThrow(QueryError)
})
