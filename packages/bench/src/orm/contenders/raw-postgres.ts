/** The yardstick: pg with a connection, statements prepared by name, rows as the driver gives them. */
import pg from 'pg'
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
  repeat,
  rowsOfFilter,
} from '../library.ts'

const columns = bookColumns.replace('id,', 'b.id,')
const places = repeat(7, (index) => `$${index + 1}`).join()
const insertInto = 'INSERT INTO library_book (title, summary, pages, price, in_print, published_at, author_id)'

const texts = {
  get: `SELECT ${bookColumns} FROM library_book WHERE id = $1`,
  filter: `SELECT ${bookColumns} FROM library_book WHERE pages = $1`,
  join: `SELECT ${columns}, a.name AS "authorName", a.email AS "authorEmail"
    FROM library_book b JOIN library_author a ON a.id = b.author_id WHERE b.pages = $1`,
  authors: `SELECT ${authorColumns} FROM library_author WHERE id > $1 AND id <= $2 ORDER BY id`,
  books: `SELECT ${bookColumns} FROM library_book WHERE author_id = ANY($1)`,
  aggregate: `SELECT COUNT(id) AS "count", SUM(price) AS "sum", MAX(published_at) AS "latest" FROM library_book WHERE pages = $1`,
  insert: `${insertInto} VALUES (${places}) RETURNING id`,
  insertMany: `${insertInto} SELECT * FROM unnest($1::text[], $2::text[], $3::integer[], $4::numeric[], $5::boolean[],
    $6::timestamptz[], $7::bigint[])`,
  update: 'UPDATE library_book SET summary = $1 WHERE id = $2',
  updateMany: `UPDATE library_book SET summary = given.summary
    FROM unnest($1::bigint[], $2::text[]) AS given (id, summary) WHERE library_book.id = given.id`,
}

interface Author {
  readonly id: number
  books?: Book[]
}
interface Book {
  readonly id: number
  readonly authorId: number
}

export async function connect(url: string): Promise<OrmContender> {
  const client = new pg.Client(url)
  await client.connect()
  const ask = async <T>(name: keyof typeof texts, values: unknown[]): Promise<T[]> => {
    const { rows } = await client.query({ name, text: texts[name], values })
    return rows
  }
  const bookValues = (turn: number, index = 0): unknown[] => {
    const { title, summary, pages, inPrint, authorId } = newBook(turn, index)
    return [title, summary, pages, newPrice, inPrint, newPublished, authorId]
  }

  return {
    tasks: {
      'get by pk': async (turn) => (await ask('get', [idOf(turn)]))[0],
      'filter 100': (turn) => ask('filter', [pagesOf(turn)]),
      'join 100': (turn) => ask('join', [pagesOf(turn)]),
      'prefetch 100': async (turn) => {
        const after = authorsAfter(turn)
        const found = new Map<number, Author>()
        for (const author of await ask<Author>('authors', [after, after + rowsOfFilter])) {
          author.books = []
          found.set(author.id, author)
        }
        for (const book of await ask<Book>('books', [[...found.keys()]])) found.get(book.authorId)!.books!.push(book)
        return [...found.values()]
      },
      aggregate: async (turn) => (await ask('aggregate', [pagesOf(turn)]))[0],
      insert: (turn) => ask('insert', bookValues(turn)),
      'bulk insert 1,000': (turn) => {
        const rows = repeat(bulkInserted, (index) => bookValues(turn, index))
        return ask(
          'insertMany',
          repeat(7, (column) => rows.map((row) => row[column])),
        )
      },
      update: (turn) => ask('update', [changedSummary(turn, idOf(turn)), idOf(turn)]),
      'bulk update 100': async (turn) => {
        const ids = (await ask<Book>('filter', [pagesOf(turn)])).map(({ id }) => id)
        return ask('updateMany', [ids, ids.map((id) => changedSummary(turn, id))])
      },
      'iterate 5,000': async () => {
        await client.query('BEGIN')
        await client.query(`DECLARE books CURSOR FOR SELECT ${bookColumns} FROM library_book WHERE id <= ${iterated}`)
        let count = 0
        for (;;) {
          const { rows } = await client.query('FETCH 2000 FROM books')
          for (const _ of rows) count += 1
          if (rows.length < 2_000) break
        }
        await client.query('COMMIT')
        return count
      },
      'transaction of 10': async (turn) => {
        await client.query('BEGIN')
        for (let index = 0; index < insertedInTransaction; index += 1) await ask('insert', bookValues(turn, index))
        await client.query('COMMIT')
      },
    },
  }
}
