import type { TaskName } from './library.ts'

type Values = Readonly<Record<string, unknown>>

/** Brings a result to one form, whatever types a contender reads rows as, so that results can be compared. */
export function shownResult(task: TaskName, result: unknown): string {
  switch (task) {
    case 'get by pk':
      return JSON.stringify(shownBook(result as Values, false))
    case 'filter 100':
      return JSON.stringify(sorted(result as Values[]).map((book) => shownBook(book, false)))
    case 'join 100':
      return JSON.stringify(sorted(result as Values[]).map((book) => shownBook(book, true)))
    case 'prefetch 100':
      return JSON.stringify((result as Values[]).map(shownAuthor))
    case 'aggregate':
      return JSON.stringify(shownAggregate(result as Values))
    case 'iterate 5,000':
      return String(result)
    // What was written is read from the database.
    default:
      return ''
  }
}

/** The books that a task wrote; keys of new rows may differ, since a contender may have left some out. */
export function shownWritten(books: readonly object[]): string {
  return JSON.stringify(books.map((book) => ({ ...shownBook(book as Values, false), id: undefined })))
}

function sorted(books: readonly Values[]): Values[] {
  return books.toSorted((a, b) => Number(a['id']) - Number(b['id']))
}

function shownBook(book: Values, withAuthor: boolean): Values {
  const author = book['author'] as Values | number | undefined
  const authorId = book['authorId'] ?? (typeof author === 'number' ? author : author!['id'])
  const joined = withAuthor && {
    author: book['authorName']
      ? { name: book['authorName'], email: book['authorEmail'] }
      : { name: (author as Values)['name'], email: (author as Values)['email'] },
  }
  return {
    id: Number(book['id']),
    title: book['title'],
    summary: book['summary'],
    pages: book['pages'],
    price: Number(book['price']).toFixed(2),
    inPrint: Boolean(book['inPrint']),
    publishedAt: shownTime(book['publishedAt']),
    authorId: Number(authorId),
    ...joined,
  }
}

function shownAuthor(author: Values): Values {
  const books = author['books'] as { loaded?: readonly Values[] } & readonly Values[]
  return {
    id: Number(author['id']),
    name: author['name'],
    email: author['email'],
    books: sorted(books).map((book) => shownBook({ authorId: author['id'], ...book }, false)),
  }
}

function shownAggregate(row: Values): Values {
  return { count: Number(row['count']), sum: Number(row['sum']).toFixed(2), latest: shownTime(row['latest']) }
}

/** Milliseconds are what all of them keep. */
function shownTime(value: unknown): number {
  if (value instanceof Temporal.Instant) return value.epochMilliseconds
  if (value instanceof Date) return value.getTime()
  if (typeof value === 'number') return value
  const text = String(value)
    .replace(' ', 'T')
    .replace(/\+00(?::?00)?$/, 'Z')
  return Date.parse(text.endsWith('Z') ? text : `${text}Z`)
}
