import { inspect } from 'node:util'
import { beforeEach, describe, expect, test } from 'vitest'
import { atomic, snapshotRow, storedValues } from '../../src/index.ts'
import { Author } from '../library/author.ts'
import { Book } from '../library/book.ts'
import { useLibrary } from '../library/use-library.ts'

useLibrary()
const published = Temporal.Instant.from('2026-03-01T12:30:00.00025Z')
const other = Temporal.Instant.from('2000-01-01T00:00:00Z')

beforeEach(async () => {
  const author = await Author.objects.create({ name: 'Ada', slug: 'ada' })
  await Book.objects.create({ title: 'One', author, publishedAt: published })
})

const readBook = (): Promise<Book> => Book.objects.get({ title: 'One' })

describe('a date that was read from the database', () => {
  test('is the same each time', async () => {
    const book = await readBook()
    expect(book.publishedAt!.equals(published)).toBe(true)
    expect(book.publishedAt).toBe(book.publishedAt)
  })

  test('is seen by whoever looks the row over', async () => {
    const names = ['id', 'title', 'pages', 'isDraft', 'price', 'isbn', 'publishedAt', 'created', 'authorId', 'editorId']
    expect(Object.keys(await readBook())).toEqual(names)
    expect({ ...(await readBook()) }.publishedAt).toEqual(published)
    expect(Object.entries(await readBook())[6]).toEqual(['publishedAt', published])
    expect(JSON.parse(JSON.stringify(await readBook())).publishedAt).toBe('2026-03-01T12:30:00.00025Z')
    expect(await readBook()).toEqual(await readBook())
    const { created } = await readBook()
    const columns = { id: 1, title: 'One', pages: null, isDraft: false, price: null, isbn: null }
    expect({ ...(await readBook()) }).toEqual({
      ...columns,
      publishedAt: published,
      created,
      authorId: 1,
      editorId: null,
    })
  })

  test('is printed as a value', async () => {
    const shown = inspect(await readBook())
    expect(shown).toMatch(/^Book \{\n {2}id: 1,\n {2}title: 'One'/)
    expect(shown).toContain('publishedAt: Temporal.Instant')
    expect(shown).not.toContain('Getter')
    expect(inspect([[[await readBook()]]])).toContain('[Book]')
  })

  test('may be assigned before it was read, and undefined is no value', async () => {
    const book = await readBook()
    book.publishedAt = other
    expect(book.publishedAt).toBe(other)
    await book.save()
    expect((await readBook()).publishedAt!.equals(other)).toBe(true)
    book.publishedAt = null
    expect(book.publishedAt).toBe(null)
    book.publishedAt = undefined as never
    expect(book.publishedAt).toBe(undefined)
    await expect(book.save()).rejects.toThrow('publishedAt')
  })

  test('is what it was when another column was saved, though its transaction was rolled back', async () => {
    const book = await readBook()
    const failing = atomic(async () => {
      book.title = 'Two'
      await book.save({ updateFields: ['title'] })
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    book.title = 'One'
    await book.save({ updateFields: ['title'] })
    expect(book.publishedAt!.equals(published)).toBe(true)
  })

  test('is read again, is no change, and goes back with a snapshot', async () => {
    const book = await readBook()
    await Book.objects.filter({ id: 1 }).update({ publishedAt: other })
    await book.refreshFromDb()
    expect(book.publishedAt!.equals(other)).toBe(true)
    expect(storedValues(await readBook())!['publishedAt']).toBe('2000-01-01 00:00:00')
    const untouched = await readBook()
    const restore = snapshotRow(untouched)
    untouched.publishedAt = published
    restore()
    expect(untouched.publishedAt!.equals(other)).toBe(true)
  })

  test('is that of its own row', async () => {
    const author = await Author.objects.create({ name: 'Bob', slug: 'bob' })
    await Book.objects.create({ title: 'Two', author, publishedAt: other })
    const books = await Book.objects.selectRelated('author').orderBy('-id')
    expect(books.map(({ publishedAt }) => String(publishedAt))).toEqual([String(other), String(published)])
  })
})
