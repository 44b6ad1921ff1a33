import { captureQueries, type QueryEvent } from '@nuages/orm'
import { QueryCountError } from '../errors.ts'

/**
 * Runs `fn` and returns what it gives. Throws `QueryCountError`, which lists the statements, when it ran another number of
 * queries than `expected`. BEGIN, COMMIT and their kin do not count. Django's `assertNumQueries`.
 */
export async function assertNumQueries<T>(expected: number, fn: () => T | Promise<T>): Promise<T> {
  const { result, queries } = await captureQueries(fn)
  if (queries.length !== expected) throw new QueryCountError(complaint(expected, queries))
  return result
}

function complaint(expected: number, queries: readonly QueryEvent[]): string {
  const list = queries.map(({ sql }, index) => `  ${index + 1}. ${sql}`)
  return [`${counted(queries.length)} ran, ${expected} expected${list.length > 0 ? ':' : '.'}`, ...list].join('\n')
}

function counted(count: number): string {
  return count === 1 ? '1 query' : `${count} queries`
}
