import { QueryError } from '../../errors.ts'

/** SQL that its author wrote, cut where values go: at each `?`; `??` is a question mark. Throws where the number differs. */
export function rawPieces(sql: string, count: number, where: string): string[] {
  const pieces = sql.split(/(?<!\?)\?(?!\?)/).map((piece) => piece.replaceAll('??', '?'))
  if (pieces.length === count + 1) return pieces
  throw new QueryError(
    `${where} has places for values, ?, and values in different numbers: ${pieces.length - 1} and ${count}. ?? is a question mark.`,
  )
}
