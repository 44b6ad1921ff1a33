/** The data and the tasks that every contender has: authors, each with five books. */

export const bookCount = 10_100
export const booksOfAuthor = 5
export const authorCount = bookCount / booksOfAuthor
/** Every number of pages is that of so many books, and so is NULL. */
export const rowsOfFilter = 100
const pageCounts = bookCount / rowsOfFilter
export const iterated = 5_000
export const bulkInserted = 1_000
export const insertedInTransaction = 10

export const taskNames = [
  'get by pk',
  'filter 100',
  'join 100',
  'prefetch 100',
  'aggregate',
  'insert',
  'bulk insert 1,000',
  'update',
  'bulk update 100',
  'iterate 5,000',
  'transaction of 10',
] as const
export type TaskName = (typeof taskNames)[number]

/** A task once: `turn` varies what it asks for. */
export type Task = (turn: number) => unknown
export type Tasks = Readonly<Record<TaskName, Task>>

/** What a module in `contenders/` gives as `connect`. */
export interface OrmContender {
  readonly tasks: Partial<Tasks>
  /** Turns a task's result into rows whose members have the names of `ShownBook`, where they have others. */
  shown?(task: TaskName, result: unknown): unknown
}

/** The library of books that contenders read and write, and what puts it back as it was. */
export interface Library {
  /** Books that were added, and all whose summary was changed, in the order of keys. */
  written(): Promise<readonly object[]>
  /** Takes away what was added since; with `changes`, also what was changed. */
  restore(changes: boolean): Promise<void>
  close(): Promise<void>
}

export const idOf = (turn: number): number => 1 + ((turn * 7919) % bookCount)
export const pagesOf = (turn: number): number => (turn * 31) % (pageCounts - 1)
/** Authors of a prefetch: those after this key, a hundred. */
export const authorsAfter = (turn: number): number => (turn * 97) % (authorCount - rowsOfFilter)

export interface PlainAuthor {
  readonly id: number
  readonly name: string
  readonly email: string
}

/** A book in the simplest types there are; contenders have their own for price and date. */
export interface PlainBook {
  readonly title: string
  readonly summary: string
  readonly pages: number | null
  readonly price: string
  readonly inPrint: boolean
  /** As Django writes it: UTC, with microseconds. */
  readonly publishedAt: string
  readonly authorId: number
}

export function authorAt(id: number): PlainAuthor {
  return { id, name: `Author number ${id}`, email: `author.${id}@example.org` }
}

export function bookAt(id: number): PlainBook {
  const pages = id % pageCounts
  const published = Date.UTC(2000, 0, 1) + id * 40_000_123
  return {
    title: `A book that is called ${id}`,
    summary: `What the book with the number ${id} is about, in a line or so of text.`,
    pages: pages === pageCounts - 1 ? null : pages,
    price: `${5 + (id % 40)}.${10 + (id % 90)}`,
    inPrint: id % 3 > 0,
    publishedAt: `${new Date(published).toISOString().slice(0, -1).replace('T', ' ')}000`,
    authorId: 1 + ((id - 1) % authorCount),
  }
}

/** What new books share: made once by each contender in its own types, as an application has them at hand. */
export const newPrice = '12.50'
export const newPublished = '2026-11-25T21:00:00.250Z'

/** The values of a new book that are the same in every contender. */
export function newBook(turn: number, index = 0) {
  const authorId = 1 + ((turn + index) % authorCount)
  return {
    title: `A new book ${turn} ${index}`,
    summary: `Written in turn ${turn}, at place ${index}.`,
    pages: null,
    inPrint: true,
    authorId,
  }
}

export const changedSummary = (turn: number, id: number): string => `Changed in turn ${turn}: the book ${id}.`

export const authorColumns = 'id, name, email'
/** With the names that attributes have. */
export const bookColumns =
  'id, title, summary, pages, price, in_print AS "inPrint", published_at AS "publishedAt", author_id AS "authorId"'

export function repeat<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index))
}
