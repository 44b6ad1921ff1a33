import { Decimal } from 'decimal.js'
import { beforeEach, expect, test } from 'vitest'
import { atomic, database, IntegrityError, QueryError } from '../../src/index.ts'
import { Author } from '../library/author.ts'
import { Book, Tag, Voucher } from '../library/book.ts'
import { fillLibrary, queriesOf, useLibrary } from '../library/use-library.ts'

useLibrary()
let people: Awaited<ReturnType<typeof fillLibrary>>
beforeEach(async () => {
  people = await fillLibrary()
})

test('rows are inserted in few statements, and have their keys and defaults', async () => {
  const inputs = Array.from({ length: 700 }, (_, index) => ({ title: `Nº ${index}`, author: people.ada }))
  let made: Book[] = []
  const queries = await queriesOf(async () => {
    made = await Book.objects.bulkCreate(inputs)
  })
  // 512, 128, 32, 16, 8 and 4: any number of rows is few different statements.
  expect(queries).toBe(6)
  const stored = await Book.objects.filter({ title__startswith: 'Nº' })
  expect(stored.map(({ id, title }) => [id, title])).toEqual(made.map(({ id, title }) => [id, title]))
  expect(new Set(made.map(({ id }) => id)).size).toBe(700)
  expect(stored[0]!.created).toBeInstanceOf(Temporal.Instant)
  expect(stored[0]!.isDraft).toBe(false)
  expect(await queriesOf(() => made[3]!.save())).toBe(0)
})

test('values of every kind come back, null and unicode among them', async () => {
  const given = {
    title: '🐉 «Ünïcödé» \\ % _ \u{10FFFF}',
    pages: null,
    isDraft: true,
    price: new Decimal('12.50'),
    isbn: 9_007_199_254_740_993n,
    publishedAt: Temporal.Instant.from('2026-03-01T12:30:00.000250Z'),
  }
  const [made] = await Book.objects.bulkCreate([new Book({ ...given, author: people.bob })])
  const book = await Book.objects.get({ id: made!.id })
  expect([book.title, book.pages, book.isDraft, book.isbn]).toEqual([given.title, null, true, given.isbn])
  expect(book.price?.equals('12.5')).toBe(true)
  expect(book.publishedAt?.equals(given.publishedAt)).toBe(true)
})

test('rows with keys and rows without go together', async () => {
  const made = await Tag.objects.bulkCreate([{ name: 'a' }, { id: 900, name: 'b' }, { name: 'c' }])
  expect(made.map(({ name }) => name)).toEqual(['a', 'b', 'c'])
  expect(made[1]!.id).toBe(900)
  for (const tag of made) expect((await Tag.objects.get({ id: tag.id })).name).toBe(tag.name)
  const one = await Book.objects.get({ title: 'One' })
  const vouchers = await Voucher.objects.bulkCreate([{ book: one }, { book: one }])
  expect(await Voucher.objects.filter({ code__in: vouchers.map(({ code }) => code) }).count()).toBe(2)
})

test('nothing is nothing to do', async () => {
  expect(await queriesOf(async () => expect(await Tag.objects.bulkCreate([])).toEqual([]))).toBe(0)
})

test('batchSize cuts the statements', async () => {
  const tags = Array.from({ length: 7 }, (_, index) => ({ name: `t${index}` }))
  expect(await queriesOf(() => Tag.objects.bulkCreate(tags, { batchSize: 3 }))).toBe(3)
  await expect(Tag.objects.bulkCreate(tags, { batchSize: 0 })).rejects.toThrow(QueryError)
})

test('all rows or none: a conflict takes every batch back', async () => {
  const tags = [...Array.from({ length: 20 }, (_, index) => ({ name: `t${index}` })), { name: 'sf' }]
  await expect(Tag.objects.bulkCreate(tags, { batchSize: 4 })).rejects.toThrow(IntegrityError)
  expect(await Tag.objects.count()).toBe(3)
})

test('ignoreConflicts leaves out what is there, and knows no keys', async () => {
  const made = await Tag.objects.bulkCreate([{ name: 'sf' }, { name: 'new' }, { name: 'new' }], {
    ignoreConflicts: true,
  })
  expect(made.map(({ id }) => id)).toEqual([null, null, null])
  expect(await Tag.objects.count()).toBe(4)
})

test('updateConflicts updates what is there, and tells its key', async () => {
  const rows = [
    { slug: 'ada', name: 'Ada King', born: Temporal.PlainDate.from('1815-12-10') },
    { slug: 'dora', name: 'Dora' },
  ]
  const made = await Author.objects.bulkCreate(rows, {
    updateConflicts: true,
    updateFields: ['name'],
    uniqueFields: ['slug'],
  })
  expect(made[0]!.id).toBe(people.ada.id)
  const ada = await Author.objects.get({ slug: 'ada' })
  expect([ada.name, ada.born]).toEqual(['Ada King', null])
  expect((await Author.objects.get({ id: made[1]!.id })).slug).toBe('dora')
})

test('options that do not go together are refused before anything is written', async () => {
  const rows = [{ name: 'x' }]
  const wrong = [
    { ignoreConflicts: true, updateConflicts: true, updateFields: ['name'], uniqueFields: ['name'] },
    { updateConflicts: true },
    { updateConflicts: true, updateFields: ['name'] },
    { updateConflicts: true, updateFields: ['id'], uniqueFields: ['name'] },
    { updateConflicts: true, updateFields: ['nme'], uniqueFields: ['name'] },
    { updateConflicts: true, updateFields: ['name"; DROP TABLE x --'], uniqueFields: ['name'] },
  ]
  for (const options of wrong) await expect(Tag.objects.bulkCreate(rows, options as never)).rejects.toThrow(QueryError)
  expect(await Tag.objects.filter({ name: 'x' }).exists()).toBe(false)
})

test('an unsaved row is no author', async () => {
  const book = new Book({ title: 'x', author: new Author({ name: 'Nobody', slug: 'nobody' }) })
  await expect(Book.objects.bulkCreate([book])).rejects.toThrow('save it first')
})

test('a hundred thousand rows leave the event loop its turns', async () => {
  let turns = 0
  const timer = setInterval(() => turns++, 1)
  const rows = Array.from({ length: 100_000 }, (_, index) => new Tag({ name: `n${index}` }))
  await Tag.objects.bulkCreate(rows)
  clearInterval(timer)
  expect(await Tag.objects.count()).toBe(100_003)
  expect(new Set(rows.map(({ id }) => id)).size).toBe(100_000)
  expect(turns).toBeGreaterThan(5)
  expect((await Tag.objects.get({ id: rows[77_777]!.id })).name).toBe('n77777')
})

test('inside a transaction it is part of it', async () => {
  const fails = async (): Promise<void> => {
    await Tag.objects.bulkCreate([{ name: 'gone' }])
    throw new Error('no')
  }
  await expect(atomic(fails)).rejects.toThrow('no')
  expect(await Tag.objects.count()).toBe(3)
  expect(database().inAtomicBlock).toBe(false)
})
