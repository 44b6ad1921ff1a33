import { NuagesError, type NuagesErrorOptions } from '@nuages/foundation'

export interface DatabaseErrorOptions extends NuagesErrorOptions {
  /** The statement that failed, without its parameters. */
  sql?: string | undefined
  /** The alias of the database it ran on. */
  alias?: string | undefined
  /** What the database calls the error: `'23505'`, `'SQLITE_BUSY'`. */
  driverCode?: string | undefined
}

/** What a database or its driver refused. The driver's own error is the `cause`. Django's `DatabaseError`. */
export class DatabaseError extends NuagesError {
  /** The statement that failed, without its parameters: they may hold secrets. */
  readonly sql: string | undefined
  readonly alias: string | undefined
  /** What the database calls the error: an SQLSTATE of PostgreSQL (`'23505'`), a result code of SQLite (`'SQLITE_BUSY'`). */
  readonly driverCode: string | undefined

  constructor(message: string, options: DatabaseErrorOptions = {}, code = 'database-error') {
    super(code, message, options)
    this.sql = options.sql
    this.alias = options.alias
    this.driverCode = options.driverCode
  }
}

export type ConstraintKind = 'unique' | 'primaryKey' | 'foreignKey' | 'notNull' | 'check' | 'exclusion'

export interface IntegrityErrorOptions extends DatabaseErrorOptions {
  kind?: ConstraintKind | undefined
  table?: string | undefined
  columns?: readonly string[] | undefined
  constraint?: string | undefined
}

/** A constraint of the schema would be broken: unique, foreign key, not null, check or exclusion. */
export class IntegrityError extends DatabaseError {
  readonly kind: ConstraintKind | undefined
  /** The table of the constraint, where the database tells. */
  readonly table: string | undefined
  /** The columns of the constraint, where the database tells; empty otherwise. */
  readonly columns: readonly string[]
  /** The name of the constraint, where the database tells. */
  readonly constraint: string | undefined

  constructor(message: string, options: IntegrityErrorOptions = {}) {
    super(message, options, 'integrity-error')
    this.kind = options.kind
    this.table = options.table
    this.columns = options.columns ?? []
    this.constraint = options.constraint
  }
}

/** A value does not fit: out of range, of the wrong type, too big. */
export class DataError extends DatabaseError {
  constructor(message: string, options?: DatabaseErrorOptions) {
    super(message, options, 'data-error')
  }
}

/** The database's operation failed, not the statement's meaning: locked, cannot be opened, full, corrupt, closed. */
export class OperationalError extends DatabaseError {
  /** Whether the whole transaction may succeed when run again, since it only met another one. See `atomic({ retries })`. */
  readonly retryable: boolean

  constructor(message: string, options: DatabaseErrorOptions & { retryable?: boolean } = {}) {
    super(message, options, 'operational-error')
    this.retryable = options.retryable ?? false
  }
}

/** The database met something that it did not expect, or code in it raised an error. Django's `InternalError`. */
export class InternalError extends DatabaseError {
  constructor(message: string, options?: DatabaseErrorOptions) {
    super(message, options, 'internal-error')
  }
}

/** The statement itself is wrong: syntax, an unknown table or column, the wrong number of parameters. */
export class ProgrammingError extends DatabaseError {
  constructor(message: string, options?: DatabaseErrorOptions, code = 'programming-error') {
    super(message, options, code)
  }
}

/** A transaction was used where it cannot be: finished, broken, waiting for itself. */
export class TransactionManagementError extends ProgrammingError {
  constructor(message: string, options?: DatabaseErrorOptions) {
    super(message, options, 'transaction-management-error')
  }
}

/** The database cannot do what was asked for, whatever its state. Django's `NotSupportedError`. */
export class NotSupportedError extends DatabaseError {
  constructor(message: string, options?: DatabaseErrorOptions) {
    super(message, options, 'not-supported')
  }
}
