/** Drizzle as its documentation writes it, and, as `connectPrepared`, with `.prepare()` by hand wherever it has a form for it. */
import { and, asc, count, eq, gt, lte, max, relations, sql, sum } from 'drizzle-orm'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import { bigint, bigserial, boolean, integer, numeric, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import pg from 'pg'
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
  type Tasks,
} from '../library.ts'

const authors = pgTable('library_author', {
  id: bigserial({ mode: 'number' }).primaryKey(),
  name: text().notNull(),
  email: text().notNull(),
})
const books = pgTable('library_book', {
  id: bigserial({ mode: 'number' }).primaryKey(),
  title: text().notNull(),
  summary: text().notNull(),
  pages: integer(),
  price: numeric({ precision: 8, scale: 2 }).notNull(),
  inPrint: boolean('in_print').notNull(),
  publishedAt: timestamp('published_at', { withTimezone: true }).notNull(),
  authorId: bigint('author_id', { mode: 'number' })
    .notNull()
    .references(() => authors.id),
})
const authorRelations = relations(authors, ({ many }) => ({ books: many(books) }))
const bookRelations = relations(books, ({ one }) => ({
  author: one(authors, { fields: [books.authorId], references: [authors.id] }),
}))
const schema = { authors, books, authorRelations, bookRelations }

const publishedAt = new Date(newPublished)
const bookValues = (turn: number, index = 0) => ({ ...newBook(turn, index), price: newPrice, publishedAt })

/** A join gives rows in parts, by table. */
function shown(task: string, result: unknown): unknown {
  if (task !== 'join 100') return result
  return (result as { library_book: object; library_author: object }[]).map(({ library_book, library_author }) => ({
    ...library_book,
    author: library_author,
  }))
}

type Db = NodePgDatabase<typeof schema>

function everyday(db: Db): Tasks {
  return {
    'get by pk': async (turn) =>
      (
        await db
          .select()
          .from(books)
          .where(eq(books.id, idOf(turn)))
      )[0],
    'filter 100': async (turn) =>
      db
        .select()
        .from(books)
        .where(eq(books.pages, pagesOf(turn))),
    'join 100': async (turn) =>
      db
        .select()
        .from(books)
        .innerJoin(authors, eq(authors.id, books.authorId))
        .where(eq(books.pages, pagesOf(turn))),
    'prefetch 100': async (turn) => {
      const after = authorsAfter(turn)
      return db.query.authors.findMany({
        where: and(gt(authors.id, after), lte(authors.id, after + rowsOfFilter)),
        orderBy: asc(authors.id),
        with: { books: true },
      })
    },
    aggregate: async (turn) =>
      (
        await db
          .select({ count: count(books.id), sum: sum(books.price), latest: max(books.publishedAt) })
          .from(books)
          .where(eq(books.pages, pagesOf(turn)))
      )[0],
    insert: async (turn) => db.insert(books).values(bookValues(turn)).returning(),
    'bulk insert 1,000': async (turn) =>
      db.insert(books).values(repeat(bulkInserted, (index) => bookValues(turn, index))),
    update: async (turn) =>
      db
        .update(books)
        .set({ summary: changedSummary(turn, idOf(turn)) })
        .where(eq(books.id, idOf(turn))),
    'bulk update 100': (turn) =>
      db.transaction(async (tx) => {
        for (const { id } of await tx
          .select()
          .from(books)
          .where(eq(books.pages, pagesOf(turn))))
          await tx
            .update(books)
            .set({ summary: changedSummary(turn, id) })
            .where(eq(books.id, id))
      }),
    'iterate 5,000': async () => {
      let rows = 0
      // It has no cursors.
      for (const _ of await db.select().from(books).where(lte(books.id, iterated))) rows += 1
      return rows
    },
    'transaction of 10': (turn) =>
      db.transaction(async (tx) => {
        for (let index = 0; index < insertedInTransaction; index += 1)
          await tx.insert(books).values(bookValues(turn, index)).returning()
      }),
  }
}

function prepared(db: Db): Tasks {
  const { placeholder } = sql
  const get = db
    .select()
    .from(books)
    .where(eq(books.id, placeholder('id')))
    .prepare('get')
  const filter = db
    .select()
    .from(books)
    .where(eq(books.pages, placeholder('pages')))
    .prepare('filter')
  const join = db
    .select()
    .from(books)
    .innerJoin(authors, eq(authors.id, books.authorId))
    .where(eq(books.pages, placeholder('pages')))
    .prepare('join')
  const prefetch = db.query.authors
    .findMany({
      where: and(gt(authors.id, placeholder('after')), lte(authors.id, placeholder('until'))),
      orderBy: asc(authors.id),
      with: { books: true },
    })
    .prepare('prefetch')
  const aggregate = db
    .select({ count: count(books.id), sum: sum(books.price), latest: max(books.publishedAt) })
    .from(books)
    .where(eq(books.pages, placeholder('pages')))
    .prepare('aggregate')
  const insert = db
    .insert(books)
    .values({
      title: placeholder('title'),
      summary: placeholder('summary'),
      pages: placeholder('pages'),
      price: placeholder('price'),
      inPrint: placeholder('inPrint'),
      publishedAt: placeholder('publishedAt'),
      authorId: placeholder('authorId'),
    })
    .returning()
    .prepare('insert')
  const update = db
    .update(books)
    .set({ summary: sql`${placeholder('summary')}` })
    .where(eq(books.id, placeholder('id')))
    .prepare('update')
  const first = db.select().from(books).where(lte(books.id, iterated)).prepare('first')
  const {
    'bulk insert 1,000': insertMany,
    'bulk update 100': updateMany,
    'transaction of 10': insertTen,
  } = everyday(db)
  return {
    'get by pk': async (turn) => (await get.execute({ id: idOf(turn) }))[0],
    'filter 100': (turn) => filter.execute({ pages: pagesOf(turn) }),
    'join 100': (turn) => join.execute({ pages: pagesOf(turn) }),
    'prefetch 100': (turn) => {
      const after = authorsAfter(turn)
      return prefetch.execute({ after, until: after + rowsOfFilter })
    },
    aggregate: async (turn) => (await aggregate.execute({ pages: pagesOf(turn) }))[0],
    insert: (turn) => insert.execute(bookValues(turn)),
    update: (turn) => update.execute({ id: idOf(turn), summary: changedSummary(turn, idOf(turn)) }),
    'iterate 5,000': async () => {
      let rows = 0
      for (const _ of await first.execute()) rows += 1
      return rows
    },
    // What is prepared belongs to a connection, which a transaction has of its own.
    'bulk insert 1,000': insertMany,
    'bulk update 100': updateMany,
    'transaction of 10': insertTen,
  }
}

export function connect(url: string): OrmContender {
  return { tasks: everyday(drizzle(new pg.Pool({ connectionString: url }), { schema })), shown }
}

export function connectPrepared(url: string): OrmContender {
  return { tasks: prepared(drizzle(new pg.Pool({ connectionString: url }), { schema })), shown }
}
