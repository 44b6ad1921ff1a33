/** TypeORM with entity schemas and repositories. */
import { DataSource, EntitySchema, In, LessThanOrEqual } from 'typeorm'
import {
  authorsAfter,
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
import { pragmas } from '../sqlite-library.ts'

class Author {
  declare id: number
  declare name: string
  declare email: string
  declare books: Book[]
}

class Book {
  declare id: number
  declare title: string
  declare summary: string
  declare pages: number | null
  declare price: string
  declare inPrint: boolean
  declare publishedAt: Date
  declare authorId: number
  declare author: Author
}

const authorSchema = new EntitySchema<Author>({
  name: 'Author',
  target: Author,
  tableName: 'library_author',
  columns: {
    id: { type: 'integer', primary: true, generated: 'increment' },
    name: { type: 'varchar' },
    email: { type: 'varchar' },
  },
  relations: { books: { type: 'one-to-many', target: 'Book', inverseSide: 'author' } },
})

const bookSchema = new EntitySchema<Book>({
  name: 'Book',
  target: Book,
  tableName: 'library_book',
  columns: {
    id: { type: 'integer', primary: true, generated: 'increment' },
    title: { type: 'varchar' },
    summary: { type: 'text' },
    pages: { type: 'integer', nullable: true },
    price: { type: 'decimal', precision: 8, scale: 2 },
    inPrint: { type: 'boolean', name: 'in_print' },
    publishedAt: { type: 'datetime', name: 'published_at' },
    authorId: { type: 'integer', name: 'author_id' },
  },
  relations: {
    author: { type: 'many-to-one', target: 'Author', joinColumn: { name: 'author_id' }, inverseSide: 'books' },
  },
})

export async function connect(file: string): Promise<OrmContender> {
  const source = await new DataSource({
    type: 'better-sqlite3',
    database: file,
    entities: [authorSchema, bookSchema],
    prepareDatabase: (db: { pragma(text: string): unknown }) => {
      for (const pragma of pragmas) db.pragma(pragma)
    },
  }).initialize()
  const authors = source.getRepository(Author)
  const books = source.getRepository(Book)
  const publishedAt = new Date(newPublished)
  const bookValues = (turn: number, index = 0) => ({ ...newBook(turn, index), price: newPrice, publishedAt })
  return {
    tasks: {
      'get by pk': (turn) => books.findOneBy({ id: idOf(turn) }),
      'filter 100': (turn) => books.findBy({ pages: pagesOf(turn) }),
      'join 100': (turn) => books.find({ where: { pages: pagesOf(turn) }, relations: { author: true } }),
      'prefetch 100': (turn) => {
        const after = authorsAfter(turn)
        return authors.find({
          where: { id: In(repeat(rowsOfFilter, (index) => after + 1 + index)) },
          order: { id: 'ASC' },
          relations: { books: true },
        })
      },
      aggregate: (turn) =>
        books
          .createQueryBuilder('book')
          .select('COUNT(book.id)', 'count')
          .addSelect('SUM(book.price)', 'sum')
          .addSelect('MAX(book.publishedAt)', 'latest')
          .where({ pages: pagesOf(turn) })
          .getRawOne(),
      insert: (turn) => books.save(books.create(bookValues(turn))),
      'bulk insert 1,000': (turn) => books.insert(repeat(bulkInserted, (index) => bookValues(turn, index))),
      update: (turn) => books.update(idOf(turn), { summary: changedSummary(turn, idOf(turn)) }),
      'bulk update 100': (turn) =>
        source.transaction(async (manager) => {
          const found = await manager.findBy(Book, { pages: pagesOf(turn) })
          for (const book of found) book.summary = changedSummary(turn, book.id)
          await manager.save(found)
        }),
      'iterate 5,000': async () => {
        let count = 0
        // Streams are not supported on SQLite.
        for (const _ of await books.findBy({ id: LessThanOrEqual(iterated) })) count += 1
        return count
      },
      'transaction of 10': (turn) =>
        source.transaction(async (manager) => {
          for (let index = 0; index < insertedInTransaction; index += 1)
            await manager.save(manager.create(Book, bookValues(turn, index)))
        }),
    },
  }
}
