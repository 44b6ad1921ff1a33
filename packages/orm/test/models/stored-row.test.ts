import { expect, test } from 'vitest'
import { atomic, databaseAliasOf, isStored, snapshotRow, storedValues } from '../../src/index.ts'
import { Author } from '../library/author.ts'
import { Book, Voucher } from '../library/book.ts'
import { fillLibrary, useLibrary } from '../library/use-library.ts'

useLibrary()

test('what the database held of a row, however the row came to be', async () => {
  const { ada, bob } = await fillLibrary()
  const values = { title: 'Six', author: ada, price: '3.5', isbn: 9_007_199_254_740_993n, isDraft: true }
  const publishedAt = Temporal.Instant.from('2026-03-01T12:30:00.000250Z')
  const made = await Book.objects.create({ ...values, publishedAt })
  const read = await Book.objects.get({ pk: made.pk })
  const joined = (await Book.objects.selectRelated('author').get({ pk: made.pk })).author
  read.title = 'changed in memory alone'
  read.author = bob
  expect(storedValues(read)).toEqual(storedValues(made))
  expect(storedValues(read)).toMatchObject({ title: 'Six', author: ada.pk, price: '3.50', isDraft: 1, editor: null })
  expect(storedValues(joined)).toEqual(storedValues(await Author.objects.get({ pk: ada.pk })))
  const voucher = await Voucher.objects.create({ book: made, uses: ['a'] })
  expect(storedValues(await Voucher.objects.get({ pk: voucher.pk }))).toEqual(storedValues(voucher))
})

test('of a new row nothing is known, nor after a rollback', async () => {
  const author = new Author({ name: 'Dora', slug: 'dora' })
  expect([isStored(author), databaseAliasOf(author), storedValues(author)]).toEqual([false, undefined, undefined])
  await expect(
    atomic(async () => {
      await author.save()
      expect([isStored(author), databaseAliasOf(author)]).toEqual([true, 'default'])
      throw new Error('no')
    }),
  ).rejects.toThrow('no')
  expect(storedValues(author)).toBe(undefined)
})

test('a row goes back to what it was', async () => {
  const { ada } = await fillLibrary()
  const book = new Book({ title: 'Six', author: ada })
  const restore = snapshotRow(book)
  await expect(
    atomic(async () => {
      book.title = 'Seven'
      await book.save()
      throw new Error('no')
    }),
  ).rejects.toThrow('no')
  restore()
  expect([book.title, book.pk, isStored(book), book.author]).toEqual(['Six', null, false, ada])
  await book.save()
  expect((await Book.objects.get({ pk: book.pk })).title).toBe('Six')
})
