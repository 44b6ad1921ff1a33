/** MikroORM with entities by `defineEntity`, and an entity manager forked for each unit of work, as its documentation asks. */
import { defineEntity, p, sql } from '@mikro-orm/core'
import { MikroORM } from '@mikro-orm/sqlite'
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
  rowsOfFilter,
} from '../library.ts'
import { pragmas } from '../sqlite-library.ts'

const Author = defineEntity({
  name: 'Author',
  tableName: 'library_author',
  properties: {
    id: p.integer().primary(),
    name: p.string(),
    email: p.string(),
    books: () => p.oneToMany(Book).mappedBy('author'),
  },
})

const Book = defineEntity({
  name: 'Book',
  tableName: 'library_book',
  properties: {
    id: p.integer().primary(),
    title: p.string(),
    summary: p.text(),
    pages: p.integer().nullable(),
    price: p.decimal().precision(8).scale(2),
    inPrint: p.boolean().name('in_print'),
    publishedAt: p.datetime().name('published_at'),
    author: () => p.manyToOne(Author).name('author_id'),
  },
})

/** An entity's relations are wrappers; a foreign key is a reference. */
function shown(_task: string, result: unknown): unknown {
  if (typeof result !== 'object') return result
  return JSON.parse(JSON.stringify(result), (key, value) => (key === 'author' && value === null ? undefined : value))
}

export async function connect(file: string): Promise<OrmContender> {
  const orm = await MikroORM.init({ dbName: file, entities: [Author, Book], forceUtcTimezone: true })
  for (const pragma of pragmas) await orm.em.getConnection().execute(`PRAGMA ${pragma}`)
  const publishedAt = new Date(newPublished)
  const bookValues = (turn: number, index = 0) => {
    const { authorId, ...rest } = newBook(turn, index)
    return { ...rest, price: newPrice, publishedAt, author: authorId }
  }
  return {
    shown,
    tasks: {
      'get by pk': (turn) => orm.em.fork().findOne(Book, { id: idOf(turn) }),
      'filter 100': (turn) => orm.em.fork().find(Book, { pages: pagesOf(turn) }),
      'join 100': (turn) =>
        orm.em.fork().find(Book, { pages: pagesOf(turn) }, { populate: ['author'], strategy: 'joined' }),
      'prefetch 100': (turn) => {
        const after = authorsAfter(turn)
        return orm.em
          .fork()
          .find(
            Author,
            { id: { $gt: after, $lte: after + rowsOfFilter } },
            { populate: ['books'], orderBy: { id: 'asc' }, strategy: 'select-in' },
          )
      },
      aggregate: (turn) =>
        orm.em
          .fork()
          .createQueryBuilder(Book, 'b')
          .select([sql`count(b.id)`.as('count'), sql`sum(b.price)`.as('sum'), sql`max(b.published_at)`.as('latest')])
          .where({ pages: pagesOf(turn) })
          .execute('get', false),
      insert: async (turn) => {
        const em = orm.em.fork()
        em.create(Book, bookValues(turn))
        await em.flush()
      },
      'bulk insert 1,000': async (turn) => {
        const em = orm.em.fork()
        for (let index = 0; index < bulkInserted; index += 1) em.create(Book, bookValues(turn, index))
        await em.flush()
      },
      update: (turn) =>
        orm.em.fork().nativeUpdate(Book, { id: idOf(turn) }, { summary: changedSummary(turn, idOf(turn)) }),
      'bulk update 100': async (turn) => {
        const em = orm.em.fork()
        for (const book of await em.find(Book, { pages: pagesOf(turn) })) book.summary = changedSummary(turn, book.id)
        await em.flush()
      },
      'iterate 5,000': async () => {
        let count = 0
        for await (const _ of orm.em.fork().stream(Book, { where: { id: { $lte: iterated } } })) count += 1
        return count
      },
      'transaction of 10': (turn) =>
        orm.em.fork().transactional(async (em) => {
          for (let index = 0; index < insertedInTransaction; index += 1) {
            em.create(Book, bookValues(turn, index))
            await em.flush()
          }
        }),
    },
  }
}
