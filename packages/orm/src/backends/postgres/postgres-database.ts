import { type AtomicBlock, blockOf, type TransactionSession } from '../../transactions/atomic-block.ts'
import { registerOnCommit } from '../../transactions/commit-callbacks.ts'
import { runAtomic, runTransaction, type TransactionHost } from '../../transactions/run-atomic.ts'
import type { ClientProgram } from '../client-program.ts'
import type {
  AlterOptions,
  AtomicOptions,
  Database,
  MaybePromise,
  NamedRows,
  OnCommitOptions,
  RawRow,
  RunResult,
  SchemaLock,
  SchemaLockOptions,
  SqlValue,
  Statement,
  TransactionOptions,
} from '../database.ts'
import { DatabaseError, TransactionManagementError } from '../errors.ts'
import type { InspectedTable, InspectOptions } from '../inspected-table.ts'
import type { TableSchema } from '../schema.ts'
import type { SchemaEditor, SchemaTarget } from '../schema-editor.ts'
import { alterOutside } from './alter-outside.ts'
import { psql } from './client-program.ts'
import { connectError } from './connect-error.ts'
import { PostgresConnection } from './connection.ts'
import { readCursor } from './cursor.ts'
import { inspectPostgres } from './inspect.ts'
import { introspectPostgres, postgresTableNames } from './introspection.ts'
import { ConnectionPool } from './pool.ts'
import type { PostgresUrl } from './postgres-url.ts'
import { PostgresSchemaEditor } from './schema-editor.ts'
import { lockPostgresSchema, transactionLock } from './schema-lock.ts'
import { PostgresSession } from './session.ts'
import { connectionLost, translateError } from './translate-error.ts'

/** How long `close` waits for transactions, in milliseconds. */
const closeLimit = 30_000

export interface PostgresOptions {
  readonly alias: string
  readonly url: PostgresUrl
}

/** A PostgreSQL database: a pool of connections, of which a transaction has one for itself, and a statement outside takes one. */
export class PostgresDatabase implements Database, TransactionHost {
  readonly vendor = 'postgresql'
  readonly alias: string
  readonly url: PostgresUrl
  readonly #pool: ConnectionPool

  constructor({ alias, url }: PostgresOptions) {
    this.alias = alias
    // Whoever prints the database must not print the password.
    this.url = Object.defineProperty({ ...url }, 'password', { enumerable: false })
    this.#pool = new ConnectionPool({
      alias,
      size: url.poolSize,
      timeout: url.poolTimeout,
      idleTimeout: url.idleTimeout,
      open: () => this.#open(),
    })
  }

  async #open(): Promise<PostgresConnection> {
    try {
      return await PostgresConnection.open(this.url, this.alias)
    } catch (error) {
      throw connectError(error, this.url, this.alias)
    }
  }

  async all({ sql }: Statement, params: readonly SqlValue[]): Promise<RawRow[]> {
    return (await this.#perform(sql, (connection) => connection.query(sql, params))).rows
  }

  async allNamed({ sql }: Statement, params: readonly SqlValue[]): Promise<NamedRows> {
    const { fields, rows } = await this.#perform(sql, (connection) => connection.query(sql, params))
    return { columns: fields.map(({ name }) => name), rows }
  }

  async run({ sql }: Statement, params: readonly SqlValue[]): Promise<RunResult> {
    const { rowCount } = await this.#perform(sql, (connection) => connection.query(sql, params))
    return { changes: rowCount ?? 0 }
  }

  returning(statement: Statement, params: readonly SqlValue[]): Promise<RawRow[]> {
    return this.all(statement, params)
  }

  async script(sql: string): Promise<void> {
    await this.#perform(sql, (connection) => connection.script(sql))
    this.#forgetPrepared()
  }

  async *iterate(statement: Statement, params: readonly SqlValue[], chunkSize: number): AsyncGenerator<RawRow[]> {
    const block = blockOf(this)
    if (block !== undefined) {
      yield* readCursor((work) => this.#inBlock(block, statement.sql, work), statement, params, chunkSize)
      return
    }
    yield* this.#iterateAlone(statement, params, chunkSize)
  }

  /** A cursor lives in a transaction: here one that holds nothing else. */
  async *#iterateAlone(statement: Statement, params: readonly SqlValue[], chunkSize: number): AsyncGenerator<RawRow[]> {
    const session = await this.beginTransaction({})
    let failed = false
    const step = async <T>(work: (connection: PostgresConnection) => Promise<T>) => {
      try {
        return await work(session.connection)
      } catch (error) {
        failed = true
        throw this.#translated(error, statement.sql)
      }
    }
    try {
      yield* readCursor(step, statement, params, chunkSize)
    } finally {
      try {
        if (session.inTransaction) await session.control(failed ? 'ROLLBACK' : 'COMMIT')
      } finally {
        session.end()
      }
    }
  }

  atomic<T>(block: () => Promise<T>, options: AtomicOptions = {}): Promise<T> {
    return runAtomic(this, block, options)
  }

  get inAtomicBlock(): boolean {
    return blockOf(this) !== undefined
  }

  onCommit(callback: () => void | Promise<void>, options?: OnCommitOptions): MaybePromise<void> {
    return registerOnCommit(this, callback, options)
  }

  async beginTransaction(options: TransactionOptions): Promise<PostgresSession> {
    const connection = this.#pool.tryTake() ?? (await this.#pool.take())
    const sql = beginSql(options)
    try {
      await connection.control(sql)
    } catch (error) {
      this.#pool.give(connection)
      throw this.#translated(error, sql)
    }
    return new PostgresSession(
      connection,
      (error, text) => this.#translated(error, text),
      () => this.#giveBack(connection),
    )
  }

  /** A connection whose transaction did not end is of no use to the next. */
  #giveBack(connection: PostgresConnection): void {
    if (connection.inTransaction) connection.lose(new Error('Connection closed inside a transaction'))
    this.#pool.give(connection)
  }

  async alterSchema<T>(block: (editor: SchemaEditor) => Promise<T>, options: AlterOptions = {}): Promise<T> {
    if (blockOf(this) !== undefined) {
      throw new TransactionManagementError(
        `The schema of '${this.alias}' cannot change inside atomic(): it is a transaction of its own, in which deployments take turns.`,
        { alias: this.alias },
      )
    }
    try {
      if (options.atomic === false) return await this.#alterOutside(block, options)
      const editor = this.schemaEditor({
        run: (sql) => this.script(sql),
        all: async (sql, params) => this.all({ sql }, params),
      })
      return await runTransaction(
        this,
        () => block(editor),
        () => this.#beginSchemaChange(options),
      )
    } finally {
      this.#forgetPrepared()
    }
  }

  async #beginSchemaChange({ lockTimeout }: AlterOptions): Promise<TransactionSession> {
    const session = await this.beginTransaction({})
    try {
      // Migrations take longer than what a time-out of requests allows.
      await session.control('SET LOCAL statement_timeout = 0')
      if (lockTimeout !== undefined) await session.control(`SET LOCAL lock_timeout = ${Math.round(lockTimeout)}`)
      await session.control(`SELECT pg_advisory_xact_lock(${transactionLock})`)
    } catch (error) {
      session.end()
      throw error
    }
    return session
  }

  async #alterOutside<T>(block: (editor: SchemaEditor) => Promise<T>, options: AlterOptions): Promise<T> {
    const connection = this.#pool.tryTake() ?? (await this.#pool.take())
    try {
      return await alterOutside(connection, this.url, options, (sql, work) => this.#translating(sql, work), block)
    } finally {
      this.#giveBack(connection)
    }
  }

  async #translating<T>(sql: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw this.#translated(error, sql)
    }
  }

  lockSchema(options: SchemaLockOptions): Promise<SchemaLock> {
    return lockPostgresSchema(() => this.#open(), this.url, this.alias, options)
  }

  schemaEditor(target: SchemaTarget): SchemaEditor {
    return new PostgresSchemaEditor(target)
  }

  tableNames(): Promise<string[]> {
    return postgresTableNames((sql, params) => this.all({ sql }, params))
  }

  introspect(): Promise<TableSchema[]> {
    return introspectPostgres((sql, params) => this.all({ sql }, params))
  }

  inspect(options?: InspectOptions): Promise<InspectedTable[]> {
    return inspectPostgres((sql, params) => this.all({ sql }, params), options)
  }

  clientProgram(): ClientProgram {
    return psql(this.url)
  }

  close(): Promise<void> {
    return this.#pool.close(closeLimit)
  }

  #perform<T>(sql: string, work: (connection: PostgresConnection) => Promise<T>): MaybePromise<T> {
    const block = blockOf(this)
    return block === undefined ? this.#onPool(sql, work) : this.#inBlock(block, sql, work)
  }

  async #onPool<T>(sql: string, work: (connection: PostgresConnection) => Promise<T>): Promise<T> {
    const connection = this.#pool.tryTake() ?? (await this.#pool.take())
    try {
      const result = await work(connection)
      if (connection.inTransaction) throw this.#leftOpen(sql)
      return result
    } catch (error) {
      throw this.#translated(error, sql)
    } finally {
      this.#giveBack(connection)
    }
  }

  /** The next statement may have another connection, and the next user of this one would be inside. */
  #leftOpen(sql: string): TransactionManagementError {
    return new TransactionManagementError(
      `A statement on '${this.alias}' opened a transaction by hand, which was rolled back. Use atomic(), which keeps one connection.`,
      { alias: this.alias, sql },
    )
  }

  #inBlock<T>(block: AtomicBlock, sql: string, work: (connection: PostgresConnection) => Promise<T>): MaybePromise<T> {
    return block.perform(async () => {
      const { connection } = block.transaction.session as PostgresSession
      try {
        return await work(connection)
      } catch (error) {
        if (connection.lost !== undefined) {
          const lost = connectionLost(error, this.alias, sql, this.url, 'block')
          block.loseConnection(lost)
          throw lost
        }
        const translated = this.#translated(error, sql)
        // The server refuses what comes next, up to the savepoint or the end.
        if (translated instanceof DatabaseError) block.spoil(translated, 'statement')
        throw translated
      }
    })
  }

  #translated(error: unknown, sql: string): unknown {
    return translateError(error, this.alias, sql, this.url)
  }

  #forgetPrepared(): void {
    for (const connection of this.#pool.connections) connection.forgetPrepared()
  }
}

function beginSql({ isolationLevel, readOnly }: TransactionOptions): string {
  const level = isolationLevel === undefined ? '' : ` ISOLATION LEVEL ${isolationLevel.toUpperCase()}`
  return `BEGIN${level}${readOnly ? ' READ ONLY' : ''}`
}
