import type { ClientProgram } from './client-program.ts'
import type { InspectedTable, InspectOptions } from './inspected-table.ts'
import type { TableSchema } from './schema.ts'
import type { SchemaEditor, SchemaTarget } from './schema-editor.ts'
import type { MaybePromise, NamedRows, RawRow, RunResult, SqlValue, Statement } from './statement.ts'

/** The databases that the ORM knows, and the name that a backend from elsewhere gives its own. */
export type Vendor = 'sqlite' | 'postgresql' | (string & {})

export type { MaybePromise, NamedRows, RawRow, RunResult, SqlValue, Statement } from './statement.ts'

/** What a transaction sees of others, as SQL names it. SQLite is always `'serializable'`. */
export type IsolationLevel = 'read committed' | 'repeatable read' | 'serializable'

/** What is asked of a transaction when it begins. */
export interface TransactionOptions {
  /** Throws inside a block that has another one. What is left out is the database's own: `'read committed'` on PostgreSQL. */
  readonly isolationLevel?: IsolationLevel
  /** The database refuses to write: a block that reads several times and wants one answer. */
  readonly readOnly?: boolean
}

export interface AtomicOptions extends TransactionOptions {
  /** Throws when the block would be inside another: what it does must be committed when it returns. Django's `durable`. */
  readonly durable?: boolean
  /** `false` joins the transaction around it without a savepoint of its own. Django's `savepoint`. */
  readonly savepoint?: boolean
  /**
   * How often to run the block again where it fails only because it met another transaction: a deadlock, a serialization
   * failure, a locked SQLite file, a connection that broke before the commit. Throws inside another block.
   */
  readonly retries?: number
}

export interface OnCommitOptions {
  /** An error of the callback is a warning, and stops neither the callbacks after it nor the caller. Django's `robust`. */
  readonly robust?: boolean
}

/** How tables are changed. */
export interface AlterOptions {
  /** `false`: every statement commits by itself, for those that cannot run in a transaction or must not hold one. */
  readonly atomic?: boolean
  /** Milliseconds that a statement waits for a lock that others hold; what the URL says, when left out. */
  readonly lockTimeout?: number | undefined
}

export interface SchemaLockOptions {
  /** Milliseconds to wait; without end when left out. */
  readonly timeout?: number | undefined
  /** Told once, when there is somebody to wait for: `"process 123 ('nuages' on 10.0.0.7)"`. */
  readonly onWait?: (holder: string) => void
}

/** The right to change the schema, until it is given back, or the process or its connection ends. */
export interface SchemaLock {
  /** Throws `OperationalError` where the lock was lost meanwhile. */
  assertHeld(): void
  release(): Promise<void>
}

/**
 * One database, as the rest of the ORM sees it. Which connection a call uses follows from the asynchronous context: inside
 * `atomic` the transaction's, elsewhere a reader, or the writer's turn for a statement that writes. Errors of the driver
 * arrive as `DatabaseError` and its kin.
 */
export interface Database {
  readonly alias: string
  readonly vendor: Vendor
  /** Every row. It may answer, or throw, without a promise, so that callers on a hot path need not wait a turn. */
  all(statement: Statement, params: readonly SqlValue[]): MaybePromise<RawRow[]>
  /** Every row, and what its columns are called: for SQL that somebody else wrote. */
  allNamed(statement: Statement, params: readonly SqlValue[]): MaybePromise<NamedRows>
  /** The rows in chunks, without holding the result in memory. */
  iterate(statement: Statement, params: readonly SqlValue[], chunkSize: number): AsyncIterable<RawRow[]>
  /** A statement that writes and returns no rows. */
  run(statement: Statement, params: readonly SqlValue[]): MaybePromise<RunResult>
  /** A statement that writes and has a RETURNING clause. */
  returning(statement: Statement, params: readonly SqlValue[]): MaybePromise<RawRow[]>
  /**
   * Whether rows that one INSERT adds to a table get keys that follow each other, so that the last one tells them all: asked inside
   * `atomic`, and true until it ends. Left out, keys are read back.
   */
  numbersInTurn?(table: string): boolean
  /** Runs SQL of several statements, unprepared: schema changes. */
  script(sql: string): Promise<void>
  /** Django's `transaction.atomic`. */
  atomic<T>(block: () => Promise<T>, options?: AtomicOptions): Promise<T>
  /**
   * Runs `callback` after the outermost block commits, or at once when none is open: then the answer is the callback's own,
   * to be awaited. Django's `transaction.on_commit`.
   */
  onCommit(callback: () => void | Promise<void>, options?: OnCommitOptions): MaybePromise<void>
  /** Whether the caller is inside `atomic` on this database. */
  readonly inAtomicBlock: boolean
  /**
   * A transaction in which tables may change: foreign keys are checked at its end instead of meanwhile. Throws
   * `TransactionManagementError` inside `atomic`, and `IntegrityError` where a row is left that points nowhere.
   */
  alterSchema<T>(block: (editor: SchemaEditor) => Promise<T>, options?: AlterOptions): Promise<T>
  /**
   * Takes the lock that deployments take turns with, across many transactions. It keeps nobody else from using the database. Left out,
   * deployments are in order by the transactions of `alterSchema` alone. Throws `OperationalError` where it was not free in time.
   */
  lockSchema?(options: SchemaLockOptions): Promise<SchemaLock>
  /** A schema editor that sends its SQL elsewhere, to be shown. */
  schemaEditor(target: SchemaTarget): SchemaEditor
  tableNames(): Promise<string[]>
  /** The tables as they stand. */
  introspect(): Promise<TableSchema[]>
  /** The tables with what models do not say of them, for `inspectdb`; a backend that leaves it out is asked for `introspect`. */
  inspect?(options?: InspectOptions): Promise<InspectedTable[]>
  /** The program for people that opens this database, for `dbshell`; a backend that has none leaves it out. */
  clientProgram?(): ClientProgram
  close(): Promise<void>
}
