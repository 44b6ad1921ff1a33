/** The yardstick: better-sqlite3, every statement prepared once, plain objects, dates and prices as the file has them. */
import {
  authorColumns,
  authorsAfter,
  bookColumns,
  bulkInserted,
  changedSummary,
  idOf,
  insertedInTransaction,
  iterated,
  newBook,
  newPrice,
  newPublished,
  type OrmContender,
  pagesOf,
  rowsOfFilter,
} from '../library.ts'
import { openSqlite } from '../sqlite-library.ts'

interface Author {
  readonly id: number
  books?: Book[]
}
interface Book {
  readonly id: number
  readonly authorId: number
}

export function connect(file: string): OrmContender {
  const db = openSqlite(file)
  const get = db.prepare(`SELECT ${bookColumns} FROM library_book WHERE id = ?`)
  const filter = db.prepare<[number], Book>(`SELECT ${bookColumns} FROM library_book WHERE pages = ?`)
  const columns = bookColumns.replace('id,', 'b.id,')
  const join = db.prepare(
    `SELECT ${columns}, a.name AS "authorName", a.email AS "authorEmail"
     FROM library_book b JOIN library_author a ON a.id = b.author_id WHERE b.pages = ?`,
  )
  const authors = db.prepare<[number, number], Author>(
    `SELECT ${authorColumns} FROM library_author WHERE id > ? AND id <= ? ORDER BY id`,
  )
  const places = new Array(rowsOfFilter).fill('?').join()
  const books = db.prepare<number[], Book>(`SELECT ${bookColumns} FROM library_book WHERE author_id IN (${places})`)
  const aggregate = db.prepare(
    `SELECT COUNT(id) AS "count", SUM(price) AS "sum", MAX(published_at) AS "latest" FROM library_book WHERE pages = ?`,
  )
  const insert = db.prepare(
    'INSERT INTO library_book (title, summary, pages, price, in_print, published_at, author_id) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const update = db.prepare('UPDATE library_book SET summary = ? WHERE id = ?')
  const first = db.prepare(`SELECT ${bookColumns} FROM library_book WHERE id <= ${iterated}`)
  const published = newPublished.slice(0, -1).replace('T', ' ').concat('000')

  const addBook = (turn: number, index = 0): unknown => {
    const { title, summary, pages, inPrint, authorId } = newBook(turn, index)
    return insert.run(title, summary, pages, newPrice, inPrint ? 1 : 0, published, authorId).lastInsertRowid
  }
  const addBooks = db.transaction((turn: number, count: number) => {
    for (let index = 0; index < count; index += 1) addBook(turn, index)
  })
  const changeBooks = db.transaction((turn: number) => {
    for (const { id } of filter.all(pagesOf(turn))) update.run(changedSummary(turn, id), id)
  })

  return {
    tasks: {
      'get by pk': (turn) => get.get(idOf(turn)),
      'filter 100': (turn) => filter.all(pagesOf(turn)),
      'join 100': (turn) => join.all(pagesOf(turn)),
      'prefetch 100': (turn) => {
        const after = authorsAfter(turn)
        const found = new Map<number, Author>()
        for (const author of authors.all(after, after + rowsOfFilter)) {
          author.books = []
          found.set(author.id, author)
        }
        for (const book of books.all(...found.keys())) found.get(book.authorId)!.books!.push(book)
        return [...found.values()]
      },
      aggregate: (turn) => aggregate.get(pagesOf(turn)),
      insert: addBook,
      'bulk insert 1,000': (turn) => addBooks(turn, bulkInserted),
      update: (turn) => update.run(changedSummary(turn, idOf(turn)), idOf(turn)).changes,
      'bulk update 100': changeBooks,
      'iterate 5,000': () => {
        let count = 0
        for (const _ of first.iterate()) count += 1
        return count
      },
      'transaction of 10': (turn) => addBooks(turn, insertedInTransaction),
    },
  }
}
