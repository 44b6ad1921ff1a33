import { DatabaseSync, type StatementSync } from 'node:sqlite'
import {
  type AtomicOptions,
  blockOf,
  type Database,
  type MaybePromise,
  type NamedRows,
  type OnCommitOptions,
  type RawRow,
  type RunResult,
  registerOnCommit,
  registerSqliteFunctions,
  runAtomic,
  runTransaction,
  type SchemaEditor,
  type SchemaTarget,
  type SqlValue,
  type Statement,
  type TableSchema,
  type TransactionHost,
  TransactionManagementError,
  type TransactionSession,
  Turns,
  tracedSync,
} from '../../../src/backends/backend-kit.ts'
import { translated } from './errors.ts'
import { introspect, tableNames } from './introspection.ts'
import { ThirdSchemaEditor } from './schema-editor.ts'

/** How long a statement waits for the transaction of another flow, in milliseconds. */
const turnLimit = 30_000

/** One connection, which transactions and statements outside of them use in turns: the least that a backend can be. */
export class ThirdDatabase implements Database, TransactionHost {
  readonly vendor = 'third'
  readonly alias: string
  readonly #path: string
  readonly #turns = new Turns()
  #connection: DatabaseSync | undefined

  constructor(alias: string, path: string) {
    this.alias = alias
    this.#path = path
  }

  all(statement: Statement, params: readonly SqlValue[]): MaybePromise<RawRow[]> {
    return this.#perform(statement.sql, params, () => this.#prepare(statement).all(...params) as unknown as RawRow[])
  }

  allNamed(statement: Statement, params: readonly SqlValue[]): MaybePromise<NamedRows> {
    return this.#perform(statement.sql, params, () => {
      const prepared = this.#prepare(statement)
      const columns = prepared.columns().map(({ name }) => name)
      return { columns, rows: prepared.all(...params) as unknown as RawRow[] }
    })
  }

  /** A driver that streams would read as the caller goes on; this one has the rows at once. */
  async *iterate(statement: Statement, params: readonly SqlValue[], chunkSize: number): AsyncGenerator<RawRow[]> {
    const rows = await this.all(statement, params)
    for (let at = 0; at < rows.length; at += chunkSize) yield rows.slice(at, at + chunkSize)
  }

  run(statement: Statement, params: readonly SqlValue[]): MaybePromise<RunResult> {
    return this.#perform(statement.sql, params, () => {
      return { changes: Number(this.#prepare(statement).run(...params).changes) }
    })
  }

  returning(statement: Statement, params: readonly SqlValue[]): MaybePromise<RawRow[]> {
    return this.all(statement, params)
  }

  async script(sql: string): Promise<void> {
    await this.#perform(sql, [], () => this.#open().exec(sql))
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

  async beginTransaction(): Promise<TransactionSession> {
    await this.#turns.take(turnLimit)
    const connection = this.#open()
    const control = (sql: string) => this.#traced('transaction', sql, [], () => connection.exec(sql))
    try {
      control('BEGIN')
    } catch (error) {
      this.#turns.pass()
      throw error
    }
    return {
      control,
      get inTransaction() {
        return connection.isTransaction
      },
      end: () => this.#turns.pass(),
    }
  }

  async alterSchema<T>(block: (editor: SchemaEditor) => Promise<T>): Promise<T> {
    if (this.inAtomicBlock) {
      throw new TransactionManagementError(`The schema of '${this.alias}' cannot change inside atomic().`)
    }
    const editor = this.schemaEditor({
      run: (sql) => this.script(sql),
      all: async (sql, params) => (await this.all({ sql }, params)) as SqlValue[][],
    })
    return runTransaction(
      this,
      () => block(editor),
      () => this.beginTransaction(),
    )
  }

  schemaEditor(target: SchemaTarget): SchemaEditor {
    return new ThirdSchemaEditor(target)
  }

  tableNames(): Promise<string[]> {
    return tableNames(async (sql, params) => this.all({ sql }, params))
  }

  introspect(): Promise<TableSchema[]> {
    return introspect(async (sql, params) => this.all({ sql }, params))
  }

  async close(): Promise<void> {
    await this.#turns.take(turnLimit)
    this.#connection?.close()
    this.#connection = undefined
    this.#turns.pass()
  }

  /** In the caller's transaction, or between those of others. */
  #perform<T>(sql: string, params: readonly SqlValue[], work: () => T): MaybePromise<T> {
    const block = blockOf(this)
    if (block !== undefined) return block.perform(() => this.#traced('query', sql, params, work))
    return this.#inTurn(() => this.#traced('query', sql, params, work))
  }

  async #inTurn<T>(work: () => T): Promise<T> {
    await this.#turns.take(turnLimit)
    try {
      return work()
    } finally {
      this.#turns.pass()
    }
  }

  #traced<T>(kind: 'query' | 'transaction', sql: string, params: readonly SqlValue[], work: () => T): T {
    try {
      return tracedSync(kind, sql, params, this.alias, work)
    } catch (error) {
      throw translated(error, this.alias, sql)
    }
  }

  #prepare({ sql, bigints }: Statement): StatementSync {
    const statement = this.#open().prepare(sql)
    statement.setReturnArrays(true)
    statement.setReadBigInts(bigints ?? false)
    return statement
  }

  #open(): DatabaseSync {
    if (this.#connection === undefined) {
      this.#connection = new DatabaseSync(this.#path)
      registerSqliteFunctions(this.#connection as never)
    }
    return this.#connection
  }
}
