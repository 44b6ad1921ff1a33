import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { isPending, pending } from '@nuages/foundation'
import { beforeEach, expect, test } from 'vitest'
import { Author } from '../library/author.ts'
import { Book, Tag } from '../library/book.ts'
import { fillLibrary, queriesOf, useLibrary } from '../library/use-library.ts'

useLibrary()
let people: Awaited<ReturnType<typeof fillLibrary>>
beforeEach(async () => {
  people = await fillLibrary()
})

test('a relation that is awaited on one row is loaded for all rows of the result', async () => {
  const queries = await queriesOf(async () => {
    for (const book of await Book.objects.all()) {
      const author = await book.author
      expect(author.id).toBe(book.authorId)
      await author.mentor
    }
  })
  // Books, their authors, and a mentor each for those whose rows came alone: authors of one load are peers.
  expect(queries).toBe(3)
})

test('awaits at the same time share one query', async () => {
  const books = await Book.objects.all()
  expect(await queriesOf(() => Promise.all(books.map((book) => book.author)))).toBe(1)
  expect(await queriesOf(() => Promise.all(books.map(({ editor }) => editor)))).toBe(1)
  expect(await queriesOf(() => Promise.all(books.map(({ editor }) => editor)))).toBe(0)
})

test('rows that were taken out of their result know the others still', async () => {
  const books = (await Book.objects.all()).filter((book) => book.title !== 'Two')
  expect(await queriesOf(() => Promise.all(books.map((book) => book.author)))).toBe(1)
  const emptied = await Book.objects.all()
  const kept = emptied.splice(0)
  expect(await queriesOf(() => Promise.all(kept.map((book) => book.author)))).toBe(1)
})

/** More than are kept together. */
async function fillShelves(): Promise<void> {
  const tags = await Tag.objects.bulkCreate(
    Array.from({ length: 4500 }, (_, index) => ({ id: 1000 + index, name: `shelf ${index}` })),
  )
  await (await Book.objects.get({ title: 'One' })).tags.add(...tags)
}

test('the rows of a large result are loaded together, and one that is kept keeps a part of them alone', async () => {
  await fillShelves()
  const tags = Tag.objects.filter({ id__gte: 1000 }).orderBy('id')
  const all = await tags
  expect(
    await queriesOf(async () => {
      expect((await all[0]!.books).length).toBe(1)
      expect((await all[4499]!.books).length).toBe(1)
    }),
  ).toBe(1)

  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const read = async () => {
    const rows = await tags.all()
    return { kept: rows[0]!, others: rows.map((row) => new WeakRef(row)) }
  }
  const { kept, others } = await read()
  await setImmediate()
  collect()
  expect(others.filter((reference) => reference.deref()).length).toBe(2000)
  expect((await kept.books).length).toBe(1)
})

test('relations to many rows are loaded for all peers, and kept until they change', async () => {
  const books = await Book.objects.all()
  const queries = await queriesOf(async () => {
    for (const book of books) for (const tag of await book.tags) expect(tag).toBeInstanceOf(Tag)
  })
  expect(queries).toBe(1)
  expect(books[0]!.tags).toBe(books[0]!.tags)
  await books[0]!.tags.add(people.poem)
  expect((await books[0]!.tags).map(({ name }) => name)).toEqual(['fun', 'poem', 'sf'])
})

test('selectRelated and prefetchRelated decide the number of queries', async () => {
  const read = async (books: PromiseLike<Book[]>) => {
    for (const book of await books) {
      await (await book.author).mentor
      for (const tag of await book.tags) await tag.books
    }
  }
  expect(await queriesOf(() => read(Book.objects.selectRelated('author__mentor').prefetchRelated('tags__books')))).toBe(
    3,
  )
  expect(await queriesOf(() => Author.objects.prefetchRelated('books__tags', 'profile', 'pupils'))).toBe(5)
})

test('a key that is null needs no query, nor does the key of another row', async () => {
  const [, two] = await Book.objects.all()
  expect(await queriesOf(() => expect(two!.editor).toBe(null))).toBe(0)
  expect(await queriesOf(() => expect(two!.author.id).toBe(people.ada.id))).toBe(0)
})

test('assigning a row sets its key, and assigning the key forgets the row', async () => {
  const book = await Book.objects.get({ title: 'One' })
  book.author = people.cleo
  expect(book.authorId).toBe(people.cleo.id)
  expect(book.author).toBe(people.cleo)
  book.authorId = people.bob.id
  expect((await book.author).name).toBe('Bob')
  await book.save()
  expect((await Book.objects.get({ title: 'One', author__name: 'Bob' })).title).toBe('One')
  expect(() => {
    book.author = people.sf as never
  }).toThrow('a row of Author')
})

test('a row that is saved later gives its key when the other is saved', async () => {
  const author = new Author({ name: 'Dora', slug: 'dora' })
  const book = new Book({ title: 'Six', author })
  expect(book.author).toBe(author)
  await expect(book.save()).rejects.toThrow('save it first')
  await author.save()
  await book.save()
  expect(book.authorId).toBe(author.id)
})

test('relations answer the pending protocol: one load for all, then they are ready', async () => {
  const books = await Book.objects.all()
  const states = [...books.map(({ author }) => author), ...books.map(({ tags }) => tags)]
  const queries = await queriesOf(async () => {
    for (const value of states) {
      expect(isPending(value)).toBe(true)
      const state = (value as never as import('@nuages/foundation').Pending)[pending]()
      if (!state.ready) await state.load()
    }
  })
  expect(queries).toBe(2)
  for (const value of states)
    expect((value as never as import('@nuages/foundation').Pending)[pending]().ready).toBe(true)
  const querySet = Book.objects.filter({ title: 'One' })
  const state = querySet[pending]()
  if (!state.ready) await state.load()
  const after = querySet[pending]()
  expect(after.ready && (after.value as Book[]).length).toBe(1)
  expect(() => Book.objects[pending]()).toThrow('Book.objects.all()')
})

test('managers of relations', async () => {
  const { ada, bob, sf, fun, poem } = people
  const one = await Book.objects.get({ title: 'One' })
  await one.tags.add(sf, poem.id, poem)
  expect(await one.tags.count()).toBe(3)
  await one.tags.remove(sf)
  await one.tags.set([fun, sf])
  expect((await one.tags.filter({ name__gt: 'g' })).map(({ name }) => name)).toEqual(['sf'])
  const made = await one.tags.create({ name: 'new' })
  expect(await made.books.exists()).toBe(true)
  await one.tags.clear()
  expect(await one.tags).toEqual([])

  expect((await ada.books.published().longerThan(1)).map(({ title }) => title)).toEqual(['One'])
  const written = await bob.books.create({ title: 'Seven' })
  expect(written.authorId).toBe(bob.id)
  await ada.books.add(written)
  expect(written.authorId).toBe(ada.id)
  await expect(ada.books.remove(written)).rejects.toThrow('may not be null')
  await ada.pupils.clear()
  await bob.refreshFromDb()
  expect(bob.mentor).toBe(null)
  await expect((async () => new Book({ title: 'x' }).tags.add(sf))()).rejects.toThrow('before the row is saved')
})

test('a filter after a manager of pairs is about the same pair', async () => {
  const { sf } = people
  expect((await sf.books.filter({ tags__name: 'fun' })).length).toBe(0)
  expect((await sf.books.filter({ title: 'One' }).filter({ tags__name: 'fun' })).length).toBe(1)
})
