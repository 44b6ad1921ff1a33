/** What may cross to a driver. Fields turn everything else (Temporal, Decimal, JSON) into one of these. */
export type SqlValue = null | number | bigint | string | Uint8Array

/** SQL compiled once per query shape. A backend keeps its prepared form by the identity of this object. */
export interface Statement {
  readonly sql: string
  /** Whether integers must come back as `bigint`, because a column of the result may not fit a `number`. */
  readonly bigints?: boolean
}

/** A row as the driver gives it: values in the order of the select list. */
export type RawRow = unknown[]

export interface RunResult {
  /** Rows inserted, updated or deleted. */
  readonly changes: number
  /** The key of the last row inserted, where the backend tells without RETURNING. */
  readonly lastInsertId?: number | bigint
}

export type MaybePromise<T> = T | Promise<T>

export interface AtomicOptions {
  /** Throws when the block would be inside another: what it does must be committed when it returns. Django's `durable`. */
  readonly durable?: boolean
  /** `false` joins the transaction around it without a savepoint of its own. Django's `savepoint`. */
  readonly savepoint?: boolean
}

/**
 * One database, as the rest of the ORM sees it. Which connection a call uses follows from the asynchronous context: inside
 * `atomic` the transaction's, elsewhere a reader, or the writer's turn for a statement that writes. Errors of the driver
 * arrive as `DatabaseError` and its kin.
 */
export interface Database {
  readonly alias: string
  readonly vendor: 'sqlite' | 'postgresql'
  /** Every row. It may answer, or throw, without a promise, so that callers on a hot path need not wait a turn. */
  all(statement: Statement, params: readonly SqlValue[]): MaybePromise<RawRow[]>
  /** The rows in chunks, without holding the result in memory. */
  iterate(statement: Statement, params: readonly SqlValue[], chunkSize: number): AsyncIterable<RawRow[]>
  /** A statement that writes and returns no rows. */
  run(statement: Statement, params: readonly SqlValue[]): MaybePromise<RunResult>
  /** A statement that writes and has a RETURNING clause. */
  returning(statement: Statement, params: readonly SqlValue[]): MaybePromise<RawRow[]>
  /** Runs SQL of several statements, unprepared: schema changes. */
  script(sql: string): Promise<void>
  /** Django's `transaction.atomic`. */
  atomic<T>(block: () => Promise<T>, options?: AtomicOptions): Promise<T>
  /**
   * Runs `callback` after the outermost block commits, or at once when none is open: then the answer is the callback's own,
   * to be awaited. Django's `transaction.on_commit`.
   */
  onCommit(callback: () => void | Promise<void>): MaybePromise<void>
  /** Whether the caller is inside `atomic` on this database. */
  readonly inAtomicBlock: boolean
  close(): Promise<void>
}
