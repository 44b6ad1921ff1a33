import type { TransactionSession } from '../../transactions/atomic-block.ts'
import { TransactionManagementError } from '../errors.ts'
import type { PostgresConnection } from './connection.ts'

/** A transaction's connection. */
export class PostgresSession implements TransactionSession {
  readonly connection: PostgresConnection
  readonly #translate: (error: unknown, sql: string) => unknown
  readonly #end: () => void
  #open = true

  constructor(connection: PostgresConnection, translate: (error: unknown, sql: string) => unknown, end: () => void) {
    this.connection = connection
    this.#translate = translate
    this.#end = end
  }

  async control(sql: string): Promise<void> {
    const ends = sql === 'COMMIT' || sql === 'ROLLBACK'
    try {
      const { command } = await this.connection.control(sql)
      if (ends) this.#open = false
      if (sql === 'COMMIT' && command !== 'COMMIT') throw this.#notCommitted()
    } catch (error) {
      throw this.#translate(error, sql)
    }
  }

  /** A statement that nobody waited for failed as the last one of the block. */
  #notCommitted(): TransactionManagementError {
    const { alias } = this.connection
    return new TransactionManagementError(
      `The atomic() block on '${alias}' was rolled back in place of committed: a statement in it failed, which was not awaited. ` +
        'Await every statement.',
      { alias, sql: 'COMMIT' },
    )
  }

  get inTransaction(): boolean {
    return this.#open && this.connection.lost === undefined
  }

  end(): void {
    this.#end()
  }
}
