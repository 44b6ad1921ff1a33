import { type AtomicBlock, blockOf } from '../../transactions/atomic-block.ts'
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
import { OperationalError, TransactionManagementError } from '../errors.ts'
import type { InspectedTable, InspectOptions } from '../inspected-table.ts'
import type { TableSchema } from '../schema.ts'
import type { SchemaEditor, SchemaTarget } from '../schema-editor.ts'
import { retryWhileBusy, StillBusy } from './busy-retry.ts'
import { SqliteConnection } from './connection.ts'
import { CursorPool, readInChunks } from './cursor-pool.ts'
import { inspectSqlite } from './inspect.ts'
import { introspectSqlite, sqliteTableNames } from './introspection.ts'
import { lockHolder } from './lock-holder.ts'
import { numbersInTurn } from './numbers-in-turn.ts'
import { beginSchemaChange, SchemaChangeSession } from './schema-change.ts'
import { SqliteSchemaEditor } from './schema-editor.ts'
import { lockSqliteSchema } from './schema-lock.ts'
import { SqliteSession } from './session.ts'
import { isBusy, translateError } from './translate-error.ts'
import type { WriterLock } from './writer-lock.ts'

/** How long a migration waits for another process, in milliseconds, where the time-out of the database is shorter. */
const schemaChangeTimeout = 60_000

export interface SqliteOptions {
  readonly alias: string
  /** The file, absolute. */
  readonly path: string
  /** How long to retry while another process holds the file's lock, in milliseconds. */
  readonly busyTimeout: number
  /** The lock of the file, shared by every alias that names it. */
  readonly writerLock: WriterLock
}

/**
 * An SQLite file: a connection that reads outside transactions, one that writes, and some that stream. In WAL mode readers
 * see the last commit and never wait for the writer.
 */
export class SqliteDatabase implements Database, TransactionHost {
  readonly vendor = 'sqlite'
  readonly alias: string
  readonly path: string
  readonly writerLock: WriterLock
  readonly #busyTimeout: number
  readonly #cursors: CursorPool
  #reader: SqliteConnection | undefined
  #writer: SqliteConnection | undefined
  #closed = false

  constructor(options: SqliteOptions) {
    this.alias = options.alias
    this.path = options.path
    this.writerLock = options.writerLock
    this.#busyTimeout = options.busyTimeout
    this.#cursors = new CursorPool(() => this.#open())
  }

  all(statement: Statement, params: readonly SqlValue[]): MaybePromise<RawRow[]> {
    const block = blockOf(this)
    if (block !== undefined) return this.#inBlock(block, statement.sql, (writer) => writer.all(statement, params))
    try {
      const rows = (this.#reader ?? this.#openReader()).read(statement, params)
      if (rows !== undefined) return rows
    } catch (error) {
      if (!isBusy(error)) throw translateError(error, this.alias, statement.sql)
      return this.#retry(statement.sql, () => this.#openReader().all(statement, params))
    }
    return this.returning(statement, params)
  }

  allNamed(statement: Statement, params: readonly SqlValue[]): MaybePromise<NamedRows> {
    const read = (connection: SqliteConnection) => connection.named(statement, params)
    const block = blockOf(this)
    if (block !== undefined) return this.#inBlock(block, statement.sql, read)
    const writes = this.#translated(statement.sql, () => this.#openReader().writes(statement))
    return writes ? this.#write(statement.sql, read) : this.#retry(statement.sql, () => read(this.#openReader()))
  }

  run(statement: Statement, params: readonly SqlValue[]): MaybePromise<RunResult> {
    return this.#write(statement.sql, (writer) => writer.run(statement, params))
  }

  returning(statement: Statement, params: readonly SqlValue[]): MaybePromise<RawRow[]> {
    return this.#write(statement.sql, (writer) => writer.all(statement, params))
  }

  numbersInTurn(table: string): boolean {
    const session = blockOf(this)?.transaction.session as SqliteSession | undefined
    return session !== undefined && numbersInTurn(session.connection.driver, table)
  }

  async script(sql: string): Promise<void> {
    await this.#write(sql, (writer) => writer.script(sql))
  }

  async *iterate(statement: Statement, params: readonly SqlValue[], chunkSize: number): AsyncGenerator<RawRow[]> {
    const block = blockOf(this)
    if (block !== undefined) {
      yield* this.#iterateInBlock(block, statement, params, chunkSize)
      return
    }
    const connection = await this.#retry(statement.sql, () => this.#cursors.take())
    try {
      const rows = await this.#retry(statement.sql, () => connection.open(statement, params))
      yield* readInChunks(rows, chunkSize, (step) => this.#translated(statement.sql, step))
    } finally {
      this.#cursors.give(connection)
    }
  }

  /** The rows come from the transaction's own connection, so that they include what it has written. */
  async *#iterateInBlock(
    block: AtomicBlock,
    statement: Statement,
    params: readonly SqlValue[],
    chunkSize: number,
  ): AsyncGenerator<RawRow[]> {
    const rows = await this.#inBlock(block, statement.sql, (writer) => writer.open(statement, params))
    block.whenFinished(() => rows.close())
    yield* readInChunks(rows, chunkSize, (step) => this.#inBlock(block, statement.sql, step))
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

  async beginTransaction({ readOnly }: TransactionOptions): Promise<SqliteSession> {
    if (readOnly) return this.#beginSnapshot()
    await this.writerLock.take(this.alias)
    try {
      await this.#retry('BEGIN IMMEDIATE', () => this.#openWriter().control('BEGIN IMMEDIATE'))
    } catch (error) {
      this.writerLock.pass()
      throw error
    }
    const writer = this.#openWriter()
    return new SqliteSession(writer, () => this.#giveBack(writer))
  }

  /** A transaction that only reads: it sees the database as it is now, and nobody waits for it. */
  async #beginSnapshot(): Promise<SqliteSession> {
    const reader = await this.#retry('BEGIN', () => this.#cursors.take())
    reader.control('PRAGMA query_only = ON')
    reader.control('BEGIN')
    return new SqliteSession(reader, () => {
      // `close` does not wait for those who only read.
      if (reader.driver.open) reader.control('PRAGMA query_only = OFF')
      this.#cursors.give(reader)
    })
  }

  /** A connection whose rollback failed is of no use to the next. */
  #giveBack(writer: SqliteConnection): void {
    if (writer.inTransaction) {
      writer.close()
      this.#writer = undefined
    }
    this.writerLock.pass()
  }

  async alterSchema<T>(block: (editor: SchemaEditor) => Promise<T>, options: AlterOptions = {}): Promise<T> {
    if (blockOf(this) !== undefined) {
      throw new TransactionManagementError(
        `The schema of '${this.alias}' cannot change inside atomic(): SQLite switches foreign keys off outside transactions only.`,
        { alias: this.alias },
      )
    }
    const editor = this.schemaEditor({
      run: (sql) => this.script(sql),
      all: async (sql, params) => this.all({ sql }, params),
    })
    if (options.atomic === false) return block(editor)
    return runTransaction(
      this,
      () => block(editor),
      () => this.#beginSchemaChange(options),
    )
  }

  async #beginSchemaChange({ lockTimeout }: AlterOptions): Promise<SqliteSession> {
    await this.writerLock.take(this.alias)
    try {
      // Another deployment may be migrating: its transactions are longer than those of requests.
      const limit = lockTimeout ?? Math.max(this.#busyTimeout, schemaChangeTimeout)
      await this.#retry('BEGIN IMMEDIATE', () => beginSchemaChange(this.#openWriter()), limit)
    } catch (error) {
      this.writerLock.pass()
      throw error
    }
    const writer = this.#openWriter()
    return new SchemaChangeSession(writer, () => this.#giveBack(writer))
  }

  lockSchema(options: SchemaLockOptions): Promise<SchemaLock> {
    return lockSqliteSchema(this.path, this.alias, options)
  }

  schemaEditor(target: SchemaTarget): SchemaEditor {
    return new SqliteSchemaEditor(target)
  }

  tableNames(): Promise<string[]> {
    return sqliteTableNames(async (sql, params) => this.all({ sql }, params))
  }

  introspect(): Promise<TableSchema[]> {
    return introspectSqlite(async (sql, params) => this.all({ sql }, params))
  }

  inspect(options?: InspectOptions): Promise<InspectedTable[]> {
    return inspectSqlite(async (sql, params) => this.all({ sql }, params), options)
  }

  clientProgram(): ClientProgram {
    return {
      program: 'sqlite3',
      args: [this.path],
      env: {},
      install: 'It is `apt install sqlite3`, or `brew install sqlite`.',
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return
    await this.writerLock.take(this.alias)
    this.#closed = true
    this.#cursors.close()
    this.#reader?.close()
    this.#writer?.close()
    this.#reader = this.#writer = undefined
    this.writerLock.pass()
  }

  #inBlock<T>(block: AtomicBlock, sql: string, work: (writer: SqliteConnection) => T): MaybePromise<T> {
    return block.perform(() => {
      const { connection } = block.transaction.session as SqliteSession
      return this.#translated(sql, () => work(connection))
    })
  }

  #write<T>(sql: string, work: (writer: SqliteConnection) => T): MaybePromise<T> {
    const block = blockOf(this)
    if (block !== undefined) return this.#inBlock(block, sql, work)
    if (!this.writerLock.tryTake(this.alias)) return this.#writeInTurn(sql, work)
    try {
      const result = work(this.#openWriter())
      this.writerLock.pass()
      return result
    } catch (error) {
      if (isBusy(error)) return this.#writeWhenFree(sql, work)
      this.writerLock.pass()
      throw translateError(error, this.alias, sql)
    }
  }

  async #writeInTurn<T>(sql: string, work: (writer: SqliteConnection) => T): Promise<T> {
    await this.writerLock.take(this.alias)
    return this.#writeWhenFree(sql, work)
  }

  /** Holds this process's turn while another process holds the file. */
  async #writeWhenFree<T>(sql: string, work: (writer: SqliteConnection) => T): Promise<T> {
    try {
      return await this.#retry(sql, () => work(this.#openWriter()))
    } finally {
      this.writerLock.pass()
    }
  }

  async #retry<T>(sql: string, work: () => T, limit = this.#busyTimeout): Promise<T> {
    try {
      return await retryWhileBusy(work, limit)
    } catch (error) {
      if (!(error instanceof StillBusy)) throw translateError(error, this.alias, sql)
      throw new OperationalError(
        `The SQLite file '${this.path}' of database '${this.alias}' is locked by ${lockHolder(this.path)}, and was not free within ` +
          `${limit / 1000} s. End the long transaction there, or raise the limit: 'sqlite:…?timeout=<seconds>'.`,
        { cause: error.cause, alias: this.alias, sql, retryable: true },
      )
    }
  }

  #translated<T>(sql: string, work: () => T): T {
    try {
      return work()
    } catch (error) {
      throw translateError(error, this.alias, sql)
    }
  }

  #openReader(): SqliteConnection {
    // The writer's connection makes the file and sets its mode.
    this.#openWriter()
    this.#reader ??= this.#open()
    return this.#reader
  }

  #openWriter(): SqliteConnection {
    this.#writer ??= this.#open()
    return this.#writer
  }

  #open(): SqliteConnection {
    if (this.#closed) {
      throw new OperationalError(
        `Database '${this.alias}' is closed. Call configureDatabases() again before the next query.`,
        { alias: this.alias },
      )
    }
    return new SqliteConnection(this.path, this.alias)
  }
}
