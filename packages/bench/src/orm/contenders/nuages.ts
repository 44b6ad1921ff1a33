/** Nuages as people write it: model instances, `Temporal` and decimals, nothing prepared by hand. */
import {
  atomic,
  boolean,
  CASCADE,
  Count,
  char,
  configureDatabases,
  Decimal,
  dateTime,
  decimal,
  email,
  foreignKey,
  integer,
  Max,
  Model,
  manager,
  registerModels,
  reverse,
  Sum,
  text,
} from 'nuages/orm'
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

class Author extends Model({
  name: char({ maxLength: 100 }),
  email: email(),
  get books() {
    return reverse(Book, 'author')
  },
}) {
  static objects = manager(Author)
}

class Book extends Model({
  title: char({ maxLength: 200 }),
  summary: text(),
  pages: integer({ null: true }),
  price: decimal({ maxDigits: 8, decimalPlaces: 2 }),
  inPrint: boolean(),
  publishedAt: dateTime(),
  get author() {
    return foreignKey(Author, { onDelete: CASCADE })
  },
}) {
  static objects = manager(Book)
}

/** The books of an author are behind a manager; that it has them at hand is what the prefetch is for. */
async function shown(task: string, result: unknown): Promise<unknown> {
  if (task !== 'prefetch 100') return result
  return Promise.all((result as Author[]).map(async (author) => ({ ...author, books: await author.books.all() })))
}

export function connect(url: string): OrmContender {
  registerModels('library', { Author, Book })
  configureDatabases({ default: url.includes('://') ? url : `sqlite:${url}` })
  const price = new Decimal(newPrice)
  const publishedAt = Temporal.Instant.from(newPublished)
  const addBook = async (turn: number, index = 0) =>
    Book.objects.create({ ...newBook(turn, index), price, publishedAt })

  return {
    shown,
    tasks: {
      'get by pk': (turn) => Book.objects.get({ id: idOf(turn) }),
      'filter 100': async (turn) => Book.objects.filter({ pages: pagesOf(turn) }),
      'join 100': async (turn) => Book.objects.filter({ pages: pagesOf(turn) }).selectRelated('author'),
      'prefetch 100': async (turn) => {
        const after = authorsAfter(turn)
        return Author.objects
          .filter({ id__gt: after, id__lte: after + rowsOfFilter })
          .orderBy('id')
          .prefetchRelated('books')
      },
      aggregate: (turn) =>
        Book.objects
          .filter({ pages: pagesOf(turn) })
          .aggregate({ count: Count('id'), sum: Sum('price'), latest: Max('publishedAt') }),
      insert: (turn) => addBook(turn),
      'bulk insert 1,000': (turn) =>
        Book.objects.bulkCreate(
          repeat(bulkInserted, (index) => new Book({ ...newBook(turn, index), price, publishedAt })),
        ),
      update: (turn) => Book.objects.filter({ id: idOf(turn) }).update({ summary: changedSummary(turn, idOf(turn)) }),
      'bulk update 100': async (turn) => {
        const books = await Book.objects.filter({ pages: pagesOf(turn) })
        for (const book of books) book.summary = changedSummary(turn, book.id)
        await Book.objects.bulkUpdate(books, ['summary'])
      },
      'iterate 5,000': async () => {
        let count = 0
        for await (const _ of Book.objects.filter({ id__lte: iterated }).iterator()) count += 1
        return count
      },
      'transaction of 10': (turn) =>
        atomic(async () => {
          for (let index = 0; index < insertedInTransaction; index += 1) await addBook(turn, index)
        }),
    },
  }
}
