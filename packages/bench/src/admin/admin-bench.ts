import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'

/** A page of the admin over a large table, next to the same page over a small one. */
export interface AdminFigure {
  readonly page: string
  /** Time over the large table, relative to the small one: the median of the rounds. */
  readonly ratio: number
  /** Milliseconds over the small table. */
  readonly small: number
  /** What the large one asks the database, session and user included. */
  readonly queries: number
}

const few = 1_000
const many = 1_000_000

const pages: readonly (readonly [page: string, path: (rows: number) => string])[] = [
  ['change list', () => '/admin/library/book/'],
  ['change list, page 10', () => '/admin/library/book/?p=10'],
  ['change list, ordered by date', () => '/admin/library/book/?o=4'],
  ['change list of one author', () => '/admin/library/book/?author__id__exact=7'],
  ['change page', (rows) => `/admin/library/book/${rows / 2}/change/`],
  ['add page', () => '/admin/library/book/add/'],
]

/** Each page over a thousand and over a million rows, in turn. */
export async function adminBench({ rounds }: { rounds: number }): Promise<AdminFigure[]> {
  const [small, large] = await Promise.all([startLibrary(few), startLibrary(many)])
  const figures: AdminFigure[] = []
  try {
    for (const [page, path] of pages) {
      const ratios: number[] = []
      const durations: number[] = []
      let queries = 0
      for (let round = 0; round < rounds; round += 1) {
        const before = await ask(small, path(few))
        const after = await ask(large, path(many))
        ratios.push(after.duration / before.duration)
        durations.push(before.duration)
        queries = after.queries
      }
      figures.push({ page, ratio: median(ratios), small: median(durations), queries })
    }
  } finally {
    for (const library of [small, large]) library.disconnect()
  }
  return figures
}

async function startLibrary(rows: number): Promise<ChildProcess> {
  const library = fork(join(import.meta.dirname, 'library-worker.ts'), [String(rows)])
  await answerOf(library)
  return library
}

async function ask(library: ChildProcess, path: string): Promise<{ duration: number; queries: number }> {
  library.send({ path, times: 20 })
  return (await answerOf(library)) as { duration: number; queries: number }
}

function answerOf(library: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const ended = (): void => reject(new Error('The library ended before it answered.'))
    library.once('exit', ended)
    library.once('message', (answer) => {
      library.off('exit', ended)
      resolve(answer)
    })
  })
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}
