import { QueryError } from '../errors.ts'

/** SQL that its author wrote, cut where values go: at each `?`; `??` is a question mark. Throws where the number differs. */
export function rawPieces(sql: string, count: number, where: string): string[] {
  const pieces = sql.split(/(?<!\?)\?(?!\?)/).map((piece) => piece.replaceAll('??', '?'))
  if (pieces.length === count + 1) return pieces
  throw new QueryError(
    `${where} has ${pieces.length - 1} places for values and ${count} values: each ? takes one, and ?? is a question mark.`,
  )
}
