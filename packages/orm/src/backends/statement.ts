/** What may cross to a driver. Fields turn everything else (Temporal, Decimal, JSON) into one of these. */
export type SqlValue = null | number | bigint | string | Uint8Array

/** SQL compiled once per query shape. A backend keeps its prepared form by the identity of this object. */
export interface Statement {
  readonly sql: string
  /** Whether integers must come back as `bigint`, because a column of the result may not fit a `number`. */
  readonly bigints?: boolean
  /** Whether it gives one row at most. */
  readonly single?: boolean
}

/** A row as the driver gives it: values in the order of the select list. */
export type RawRow = unknown[]

/** Rows of a statement that the ORM did not write, with the names of its columns. */
export interface NamedRows {
  readonly columns: readonly string[]
  readonly rows: RawRow[]
}

export interface RunResult {
  /** Rows inserted, updated or deleted. */
  readonly changes: number
  /** The key of the last row inserted, where the backend tells without RETURNING. */
  readonly lastInsertId?: number | bigint
}

export type MaybePromise<T> = T | Promise<T>
