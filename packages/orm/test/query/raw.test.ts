import { beforeEach, describe, expect, test } from 'vitest'
import { FieldError, QueryError } from '../../src/index.ts'
import { Author } from '../library/author.ts'
import { Book } from '../library/book.ts'
import { fillLibrary, useLibrary } from '../library/use-library.ts'

useLibrary()
beforeEach(async () => void (await fillLibrary()))

describe('raw()', () => {
  test('makes instances of what it selects, with values bound', async () => {
    const books = await Book.objects.raw('SELECT * FROM library_book WHERE pages > ? ORDER BY title', [60])
    expect(books.map((book) => [book.title, book.pages, book.isDraft])).toEqual([
      ['One', 100, false],
      ['Three', 300, false],
    ])
    expect(books[0]).toBeInstanceOf(Book)
    books[0]!.title = 'Uno'
    await books[0]!.save()
    expect(await Book.objects.filter({ title: 'Uno' }).count()).toBe(1)
  })

  test('keeps a question mark that is doubled', async () => {
    const [author] = await Author.objects.raw("SELECT a.*, 'why??' AS question FROM library_author a WHERE name = ?", [
      'Ada',
    ])
    expect((author as unknown as { question: string }).question).toBe('why?')
  })

  test('shows other columns beside the fields, and translates names', async () => {
    const sql = `SELECT a.id AS key, a.name AS called, COUNT(b.id) AS n FROM library_author a
      LEFT JOIN library_book b ON b.author_id = a.id GROUP BY a.id, a.name ORDER BY a.name`
    const authors = await Author.objects.raw(sql, [], { translations: { key: 'id', called: 'name' } })
    expect(authors.map((author) => [author.name, (author as unknown as { n: number }).n])).toEqual([
      ['Ada', 2],
      ['Bob', 2],
      ['Cleo', 1],
    ])
  })

  test('loads a column that it did not select when that is asked for', async () => {
    const [author] = await Author.objects.raw("SELECT id, name FROM library_author WHERE name = 'Bob'")
    expect(author!.name).toBe('Bob')
    expect(await author!.slug).toBe((await Author.objects.get({ name: 'Bob' })).slug)
  })

  test('runs once, is iterated, and prefetches', async () => {
    const rows = Author.objects.raw('SELECT * FROM library_author ORDER BY name').prefetchRelated('books')
    const [ada] = await rows
    expect((await rows)[0]).toBe(ada)
    const names: string[] = []
    for await (const author of rows) names.push(author.name)
    expect(names).toEqual(['Ada', 'Bob', 'Cleo'])
    expect((await ada!.books).map((book) => book.title).sort()).toEqual(['One', 'Two'])
  })

  test('refuses what it cannot make rows of', async () => {
    await expect(Author.objects.raw('SELECT name FROM library_author').then()).rejects.toThrow(
      "raw() must select the primary key of Author (column 'id').",
    )
    await expect(Author.objects.raw('SELECT * FROM library_author WHERE id = ?').then()).rejects.toThrow(QueryError)
    await expect(Author.objects.raw('SELECT * FROM library_author WHERE id = ?', [{ a: 1 }]).then()).rejects.toThrow(
      FieldError,
    )
  })
})
