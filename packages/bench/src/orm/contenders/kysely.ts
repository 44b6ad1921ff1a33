/** Kysely, on either database: the values are those of the driver. */
import { type Dialect, type Generated, Kysely } from 'kysely'
import {
  authorsAfter,
  bulkInserted,
  changedSummary,
  idOf,
  insertedInTransaction,
  iterated,
  newBook,
  newPrice,
  type OrmContender,
  pagesOf,
  repeat,
  rowsOfFilter,
} from '../library.ts'

interface AuthorTable {
  id: Generated<number>
  name: string
  email: string
}
interface BookTable {
  id: Generated<number>
  title: string
  summary: string
  pages: number | null
  price: string
  in_print: number | boolean
  published_at: string
  author_id: number
}
interface Tables {
  library_author: AuthorTable
  library_book: BookTable
}

const columns = [
  'library_book.id',
  'title',
  'summary',
  'pages',
  'price',
  'in_print as inPrint',
  'published_at as publishedAt',
  'author_id as authorId',
] as const

interface Forms {
  readonly inPrint: number | boolean
  readonly publishedAt: string
  /** On PostgreSQL streams need another package. */
  readonly streams: boolean
}

export function kyselyTasks(dialect: Dialect, forms: Forms): OrmContender {
  const db = new Kysely<Tables>({ dialect })
  const selectBooks = () => db.selectFrom('library_book').select(columns)
  const bookValues = (turn: number, index = 0) => {
    const { title, summary, pages, authorId } = newBook(turn, index)
    return {
      title,
      summary,
      pages,
      price: newPrice,
      in_print: forms.inPrint,
      published_at: forms.publishedAt,
      author_id: authorId,
    }
  }
  return {
    tasks: {
      'get by pk': (turn) => selectBooks().where('library_book.id', '=', idOf(turn)).executeTakeFirst(),
      'filter 100': (turn) => selectBooks().where('pages', '=', pagesOf(turn)).execute(),
      'join 100': (turn) =>
        selectBooks()
          .innerJoin('library_author', 'library_author.id', 'author_id')
          .select(['name as authorName', 'email as authorEmail'])
          .where('pages', '=', pagesOf(turn))
          .execute(),
      'prefetch 100': async (turn) => {
        const after = authorsAfter(turn)
        const authors = await db
          .selectFrom('library_author')
          .selectAll()
          .where('id', '>', after)
          .where('id', '<=', after + rowsOfFilter)
          .orderBy('id')
          .execute()
        const ids = authors.map(({ id }) => id)
        const books = await selectBooks().where('author_id', 'in', ids).execute()
        const byAuthor = Map.groupBy(books, ({ authorId }) => authorId)
        return authors.map((author) => ({ ...author, books: byAuthor.get(author.id) ?? [] }))
      },
      aggregate: (turn) =>
        db
          .selectFrom('library_book')
          .select(({ fn }) => [
            fn.count('id').as('count'),
            fn.sum('price').as('sum'),
            fn.max('published_at').as('latest'),
          ])
          .where('pages', '=', pagesOf(turn))
          .executeTakeFirst(),
      insert: (turn) => db.insertInto('library_book').values(bookValues(turn)).returning('id').executeTakeFirst(),
      'bulk insert 1,000': (turn) =>
        db
          .insertInto('library_book')
          .values(repeat(bulkInserted, (index) => bookValues(turn, index)))
          .execute(),
      update: (turn) =>
        db
          .updateTable('library_book')
          .set({ summary: changedSummary(turn, idOf(turn)) })
          .where('id', '=', idOf(turn))
          .executeTakeFirst(),
      'bulk update 100': (turn) =>
        db.transaction().execute(async (tx) => {
          const found = await tx.selectFrom('library_book').select(columns).where('pages', '=', pagesOf(turn)).execute()
          for (const { id } of found)
            await tx
              .updateTable('library_book')
              .set({ summary: changedSummary(turn, id) })
              .where('id', '=', id)
              .execute()
        }),
      'iterate 5,000': async () => {
        let count = 0
        const books = selectBooks().where('library_book.id', '<=', iterated)
        for await (const _ of forms.streams ? books.stream() : await books.execute()) count += 1
        return count
      },
      'transaction of 10': (turn) =>
        db.transaction().execute(async (tx) => {
          for (let index = 0; index < insertedInTransaction; index += 1)
            await tx.insertInto('library_book').values(bookValues(turn, index)).returning('id').executeTakeFirst()
        }),
    },
  }
}
