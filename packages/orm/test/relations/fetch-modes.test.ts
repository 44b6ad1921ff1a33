import { isPending, pending } from '@nuages/foundation'
import { beforeEach, expect, test } from 'vitest'
import { FETCH_ONE, FETCH_PEERS, FETCH_RAISE, FieldFetchBlocked, Prefetch, QueryError } from '../../src/index.ts'
import { Author } from '../library/author.ts'
import { Book } from '../library/book.ts'
import { fillLibrary, queriesOf, useLibrary } from '../library/use-library.ts'

useLibrary()
beforeEach(async () => {
  await fillLibrary()
})

const readAll = async (books: PromiseLike<readonly Book[]>) => {
  for (const book of await books) await (await book.author).mentor
}

test('peers, one, and what follows from what was fetched', async () => {
  expect(await queriesOf(() => readAll(Book.objects.all()))).toBe(3)
  expect(await queriesOf(() => readAll(Book.objects.fetchMode(FETCH_PEERS)))).toBe(3)
  // Five books, an author each; Ada has no mentor, Bob and Cleo ask for theirs each time anew.
  expect(await queriesOf(() => readAll(Book.objects.fetchMode(FETCH_ONE)))).toBe(1 + 5 + 3)
})

test('raise throws for what was not loaded, and says the way out', async () => {
  const books = await Book.objects.fetchMode(FETCH_RAISE)
  await expect((async () => books[0]!.author)()).rejects.toThrow(FieldFetchBlocked)
  await expect((async () => books[0]!.author)()).rejects.toThrow("selectRelated('author')")
  expect(books[0]!.author.id).toBe(books[0]!.authorId)
  expect(books[1]!.editor).toBe(null)
})

test('raise is silent about what was loaded, and goes along to it', async () => {
  const [book] = await Book.objects.selectRelated('author').fetchMode('raise').filter({ author__name: 'Bob' })
  expect(book!.author.name).toBe('Bob')
  await expect((async () => book!.author.mentor)()).rejects.toThrow(FieldFetchBlocked)
  const [other] = await Book.objects.fetchMode('raise').prefetchRelated('author').filter({ author__name: 'Bob' })
  const author = await other!.author
  await expect((async () => author.mentor)()).rejects.toThrow(FieldFetchBlocked)
  await expect((async () => author.profile)()).rejects.toThrow('Author.profile was not loaded')
})

test("a prefetch's queryset may have a mode of its own", async () => {
  const authors = Author.objects.fetchMode('peers')
  const [, , three] = await Book.objects.fetchMode('raise').prefetchRelated(Prefetch('author', authors))
  expect((await (await three!.author).mentor)?.name).toBe('Ada')
})

test('managers of many rows ask for their own row alone unless peers are asked for', async () => {
  const read = async (books: PromiseLike<readonly Book[]>) => {
    for (const book of await books) await book.tags
  }
  expect(await queriesOf(() => read(Book.objects.all()))).toBe(2)
  expect(await queriesOf(() => read(Book.objects.fetchMode('one')))).toBe(6)
  expect(await queriesOf(() => read(Book.objects.fetchMode('raise')))).toBe(6)
})

test('a template meets the same refusal', async () => {
  const [book] = await Book.objects.fetchMode('raise')
  const { author } = book!
  if (!isPending(author)) throw new Error('expected a reference')
  const state = author[pending]()
  await expect((async () => !state.ready && state.load())()).rejects.toThrow(FieldFetchBlocked)
})

test('the mode is no part of the statement, and is checked', async () => {
  expect(await queriesOf(() => Book.objects.fetchMode('raise').values('title'))).toBe(1)
  expect(() => Book.objects.fetchMode('never' as never)).toThrow(QueryError)
})
