import { setImmediate as nextTurn } from 'node:timers/promises'
import type { MaybePromise, RawRow } from '../database.ts'
import type { RowCursor, SqliteConnection } from './connection.ts'

const idleLimit = 4

/**
 * Connections for streaming: an open cursor holds its connection's view of the database, so it must not be the one that
 * others read with.
 */
export class CursorPool {
  readonly #open: () => SqliteConnection
  readonly #idle: SqliteConnection[] = []
  readonly #busy = new Set<SqliteConnection>()

  constructor(open: () => SqliteConnection) {
    this.#open = open
  }

  take(): SqliteConnection {
    const connection = this.#idle.pop() ?? this.#open()
    this.#busy.add(connection)
    return connection
  }

  give(connection: SqliteConnection): void {
    if (!this.#busy.delete(connection)) return
    if (this.#idle.length < idleLimit) this.#idle.push(connection)
    else connection.close()
  }

  /** Closes every connection; streams that are open fail when next read. */
  close(): void {
    for (const connection of [...this.#idle, ...this.#busy]) connection.close()
    this.#idle.length = 0
    this.#busy.clear()
  }
}

/** Reads `rows` to the end, `chunkSize` at a time, and lets others have the event loop between chunks. */
export async function* readInChunks(
  rows: RowCursor,
  chunkSize: number,
  step: (read: () => RawRow[]) => MaybePromise<RawRow[]>,
): AsyncGenerator<RawRow[]> {
  try {
    for (;;) {
      const chunk = await step(() => rows.take(chunkSize))
      if (chunk.length > 0) yield chunk
      if (chunk.length < chunkSize) return
      await nextTurn()
    }
  } finally {
    rows.close()
  }
}
