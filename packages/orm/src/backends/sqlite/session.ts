import type { TransactionSession } from '../../transactions/atomic-block.ts'
import type { SqliteConnection } from './connection.ts'
import { translateError } from './translate-error.ts'

/** A transaction's connection. */
export class SqliteSession implements TransactionSession {
  readonly connection: SqliteConnection
  readonly #end: () => void

  constructor(connection: SqliteConnection, end: () => void) {
    this.connection = connection
    this.#end = end
  }

  control(sql: string): void {
    try {
      this.connection.control(sql)
    } catch (error) {
      throw translateError(error, this.connection.alias, sql)
    }
  }

  get inTransaction(): boolean {
    return this.connection.inTransaction
  }

  end(): void {
    this.#end()
  }
}
