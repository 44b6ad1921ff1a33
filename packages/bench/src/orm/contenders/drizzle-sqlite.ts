/** Drizzle as its documentation writes it, and, as `connectPrepared`, with `.prepare()` by hand wherever it has a form for it. */
import { and, asc, count, eq, gt, lte, max, relations, sql, sum } from 'drizzle-orm'
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3'
import { integer, numeric, sqliteTable, text } from 'drizzle-orm/sqlite-core'
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
import { openSqlite } from '../sqlite-library.ts'

const authors = sqliteTable('library_author', {
  id: integer().primaryKey({ autoIncrement: true }),
  name: text().notNull(),
  email: text().notNull(),
})
const books = sqliteTable('library_book', {
  id: integer().primaryKey({ autoIncrement: true }),
  title: text().notNull(),
  summary: text().notNull(),
  pages: integer(),
  price: numeric().notNull(),
  inPrint: integer('in_print', { mode: 'boolean' }).notNull(),
  publishedAt: text('published_at').notNull(),
  authorId: integer('author_id')
    .notNull()
    .references(() => authors.id),
})
const authorRelations = relations(authors, ({ many }) => ({ books: many(books) }))
const bookRelations = relations(books, ({ one }) => ({
  author: one(authors, { fields: [books.authorId], references: [authors.id] }),
}))
const schema = { authors, books, authorRelations, bookRelations }

const publishedAt = newPublished.slice(0, -1).replace('T', ' ').concat('000')
const bookValues = (turn: number, index = 0) => ({ ...newBook(turn, index), price: newPrice, publishedAt })

/** A join gives rows in parts, by table. */
function shown(task: string, result: unknown): unknown {
  if (task !== 'join 100') return result
  return (result as { library_book: object; library_author: object }[]).map(({ library_book, library_author }) => ({
    ...library_book,
    author: library_author,
  }))
}

function everyday(db: BetterSQLite3Database<typeof schema>): Tasks {
  return {
    'get by pk': (turn) =>
      db
        .select()
        .from(books)
        .where(eq(books.id, idOf(turn)))
        .get(),
    'filter 100': (turn) =>
      db
        .select()
        .from(books)
        .where(eq(books.pages, pagesOf(turn)))
        .all(),
    'join 100': (turn) =>
      db
        .select()
        .from(books)
        .innerJoin(authors, eq(authors.id, books.authorId))
        .where(eq(books.pages, pagesOf(turn)))
        .all(),
    'prefetch 100': (turn) => {
      const after = authorsAfter(turn)
      return db.query.authors
        .findMany({
          where: and(gt(authors.id, after), lte(authors.id, after + rowsOfFilter)),
          orderBy: asc(authors.id),
          with: { books: true },
        })
        .sync()
    },
    aggregate: (turn) =>
      db
        .select({ count: count(books.id), sum: sum(books.price), latest: max(books.publishedAt) })
        .from(books)
        .where(eq(books.pages, pagesOf(turn)))
        .get(),
    insert: (turn) => db.insert(books).values(bookValues(turn)).returning().get(),
    'bulk insert 1,000': (turn) =>
      db
        .insert(books)
        .values(repeat(bulkInserted, (index) => bookValues(turn, index)))
        .run(),
    update: (turn) =>
      db
        .update(books)
        .set({ summary: changedSummary(turn, idOf(turn)) })
        .where(eq(books.id, idOf(turn)))
        .run(),
    'bulk update 100': (turn) =>
      db.transaction((tx) => {
        const found = tx
          .select()
          .from(books)
          .where(eq(books.pages, pagesOf(turn)))
          .all()
        for (const { id } of found)
          tx.update(books)
            .set({ summary: changedSummary(turn, id) })
            .where(eq(books.id, id))
            .run()
      }),
    'iterate 5,000': () => {
      let rows = 0
      // It has no cursors.
      for (const _ of db.select().from(books).where(lte(books.id, iterated)).all()) rows += 1
      return rows
    },
    'transaction of 10': (turn) =>
      db.transaction((tx) => {
        for (let index = 0; index < insertedInTransaction; index += 1)
          tx.insert(books).values(bookValues(turn, index)).returning().get()
      }),
  }
}

function prepared(db: BetterSQLite3Database<typeof schema>): Tasks {
  const { placeholder } = sql
  const id = placeholder('id')
  const get = db.select().from(books).where(eq(books.id, id)).prepare()
  const filter = db
    .select()
    .from(books)
    .where(eq(books.pages, placeholder('pages')))
    .prepare()
  const join = db
    .select()
    .from(books)
    .innerJoin(authors, eq(authors.id, books.authorId))
    .where(eq(books.pages, placeholder('pages')))
    .prepare()
  const prefetch = db.query.authors
    .findMany({
      where: and(gt(authors.id, placeholder('after')), lte(authors.id, placeholder('until'))),
      orderBy: asc(authors.id),
      with: { books: true },
    })
    .prepare()
  const aggregate = db
    .select({ count: count(books.id), sum: sum(books.price), latest: max(books.publishedAt) })
    .from(books)
    .where(eq(books.pages, placeholder('pages')))
    .prepare()
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
    .prepare()
  const update = db
    .update(books)
    .set({ summary: sql`${placeholder('summary')}` })
    .where(eq(books.id, id))
    .prepare()
  const first = db.select().from(books).where(lte(books.id, iterated)).prepare()
  return {
    'get by pk': (turn) => get.get({ id: idOf(turn) }),
    'filter 100': (turn) => filter.all({ pages: pagesOf(turn) }),
    'join 100': (turn) => join.all({ pages: pagesOf(turn) }),
    'prefetch 100': (turn) => {
      const after = authorsAfter(turn)
      return prefetch.execute({ after, until: after + rowsOfFilter }).sync()
    },
    aggregate: (turn) => aggregate.get({ pages: pagesOf(turn) }),
    insert: (turn) => insert.get(bookValues(turn)),
    'bulk insert 1,000': (turn) =>
      db.transaction(() => {
        for (let index = 0; index < bulkInserted; index += 1) insert.get(bookValues(turn, index))
      }),
    update: (turn) => update.run({ id: idOf(turn), summary: changedSummary(turn, idOf(turn)) }),
    'bulk update 100': (turn) =>
      db.transaction(() => {
        for (const { id } of filter.all({ pages: pagesOf(turn) })) update.run({ id, summary: changedSummary(turn, id) })
      }),
    'iterate 5,000': () => {
      let rows = 0
      for (const _ of first.all()) rows += 1
      return rows
    },
    'transaction of 10': (turn) =>
      db.transaction(() => {
        for (let index = 0; index < insertedInTransaction; index += 1) insert.get(bookValues(turn, index))
      }),
  }
}

export function connect(file: string): OrmContender {
  return { tasks: everyday(drizzle(openSqlite(file), { schema })), shown }
}

export function connectPrepared(file: string): OrmContender {
  return { tasks: prepared(drizzle(openSqlite(file), { schema })), shown }
}
