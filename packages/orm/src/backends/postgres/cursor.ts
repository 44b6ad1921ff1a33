import type { MaybePromise, RawRow, SqlValue, Statement } from '../statement.ts'
import type { PostgresConnection, PostgresResult } from './connection.ts'

let count = 0

/** Does `work` with the connection of the cursor's transaction. */
export type Step = (work: (connection: PostgresConnection) => Promise<PostgresResult>) => MaybePromise<PostgresResult>

/**
 * The rows of a statement, `chunkSize` at a time. The cursor is one of SQL, not of the protocol, so that other statements of
 * the transaction may run between two chunks.
 */
export async function* readCursor(
  step: Step,
  statement: Statement,
  params: readonly SqlValue[],
  chunkSize: number,
): AsyncGenerator<RawRow[]> {
  count++
  const name = `"nuages_${count}"`
  await step((connection) => connection.once(`DECLARE ${name} NO SCROLL CURSOR FOR ${statement.sql}`, params))
  let failed = true
  try {
    for (;;) {
      const { rows } = await step((connection) => connection.control(`FETCH FORWARD ${chunkSize} FROM ${name}`))
      failed = false
      if (rows.length > 0) yield rows
      if (rows.length < chunkSize) return
      failed = true
    }
  } finally {
    // With its transaction the cursor ends by itself.
    if (!failed) await Promise.resolve(step((connection) => connection.control(`CLOSE ${name}`))).catch(() => {})
  }
}
