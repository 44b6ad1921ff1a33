import { beforeEach, expect, test } from 'vitest'
import { FieldError, QueryError } from '../../src/index.ts'
import { Author } from '../library/author.ts'
import { Book, Tag } from '../library/book.ts'
import { fillLibrary, queriesOf, useLibrary } from '../library/use-library.ts'

useLibrary()
let people: Awaited<ReturnType<typeof fillLibrary>>
beforeEach(async () => {
  people = await fillLibrary()
})

test('inBulk gives rows by key', async () => {
  const { ada, bob } = people
  const found = await Author.objects.inBulk([ada.id, bob.id, 99])
  expect([...found.keys()].sort()).toEqual([ada.id, bob.id])
  expect(found.get(bob.id)?.name).toBe('Bob')
  expect((await Author.objects.inBulk()).size).toBe(3)
  expect(await queriesOf(async () => expect((await Author.objects.inBulk([])).size).toBe(0))).toBe(0)
})

test('inBulk by another field needs one that is unique', async () => {
  const found = await Author.objects.inBulk(['ada', 'nobody'], { fieldName: 'slug' })
  expect([...found].map(([slug, { name }]) => [slug, name])).toEqual([['ada', 'Ada']])
  await expect(Author.objects.inBulk(['Ada'], { fieldName: 'name' })).rejects.toThrow('not unique')
  await expect(Author.objects.inBulk(['x'] as never, { fieldName: 'nme' as never })).rejects.toThrow(FieldError)
  await expect(Author.objects.all().slice(0, 1).inBulk([1])).rejects.toThrow(QueryError)
  expect((await Author.objects.all().slice(0, 2).inBulk()).size).toBe(2)
})

test('inBulk takes more keys than a statement has parameters', async () => {
  await Tag.objects.bulkCreate(Array.from({ length: 40_000 }, (_, at) => ({ name: `t${at}` })))
  const keys = await Tag.objects.valuesList('id', { flat: true })
  expect((await Tag.objects.inBulk(keys)).size).toBe(40_003)
})

test('latest and earliest go by fields', async () => {
  const title = async (book: Promise<Book>) => (await book).title
  const withPages = Book.objects.filter({ pages__isnull: false })
  expect(await title(withPages.latest('pages'))).toBe('Three')
  expect(await title(withPages.earliest('pages'))).toBe('Four')
  expect(await title(Book.objects.latest('isDraft', '-title'))).toBe('Five')
  expect(await title(Book.objects.orderBy('title').reverse().earliest('author__name', 'title'))).toBe('One')
  await expect(Book.objects.latest()).rejects.toThrow('getLatestBy')
  await expect(Book.objects.filter({ pages: -1 }).latest('pages')).rejects.toThrow(Book.DoesNotExist)
  await expect(Book.objects.all().slice(0, 2).latest('pages')).rejects.toThrow(QueryError)
  await expect(Book.objects.latest('pags' as never)).rejects.toThrow(FieldError)
})

test('contains asks for one row', async () => {
  const one = await Book.objects.get({ title: 'One' })
  const ofAda = Book.objects.filter({ author: people.ada })
  expect(await ofAda.contains(one)).toBe(true)
  expect(await Book.objects.filter({ author: people.bob }).contains(one)).toBe(false)
  expect(await Book.objects.orderBy('-title').slice(0, 2).contains(one)).toBe(false)
  expect(await Book.objects.all().contains(people.sf as never)).toBe(false)
  await ofAda
  expect(await queriesOf(async () => expect(await ofAda.contains(one)).toBe(true))).toBe(0)
  await expect(ofAda.contains(new Book({ title: 'x' }))).rejects.toThrow('saved')
  await expect(ofAda.contains(one.id as never)).rejects.toThrow(QueryError)
})

test('iterator gives all rows in chunks, each with what is prefetched', async () => {
  let queries = 0
  const titles: string[] = []
  queries = await queriesOf(async () => {
    for await (const book of Book.objects.prefetchRelated('tags').iterator(2)) {
      titles.push(`${book.title} ${(await book.tags).length}`)
    }
  })
  expect(titles).toEqual(['One 2', 'Two 1', 'Three 1', 'Four 0', 'Five 2'])
  // The rows themselves, and the tags of three chunks.
  expect(queries).toBe(4)
  await expect(Book.objects.iterator(0).next()).rejects.toThrow(QueryError)
})
