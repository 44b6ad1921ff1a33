import {
  type ConstraintKind,
  DatabaseError,
  type DatabaseErrorOptions,
  DataError,
  IntegrityError,
  OperationalError,
  ProgrammingError,
} from '../errors.ts'

/** Whether another connection held a lock that the statement needs: it may succeed when tried again. */
export function isBusy(error: unknown): boolean {
  return codeOf(error).startsWith('SQLITE_BUSY')
}

function codeOf(error: unknown): string {
  return (error as { code?: unknown } | null)?.code?.toString() ?? ''
}

/** The error of the driver as one of Django's classes. */
export function translateError(error: unknown, alias: string, sql: string | undefined): unknown {
  if (!(error instanceof Error) || error instanceof DatabaseError) return error
  const options = { cause: error, alias, sql }
  const code = codeOf(error)
  const message = `${error.message} (database '${alias}')`
  if (code.startsWith('SQLITE_CONSTRAINT')) return integrityError(error.message, code, options)
  if (code === 'SQLITE_MISMATCH' || code === 'SQLITE_TOOBIG' || code === 'SQLITE_RANGE') {
    return new DataError(message, options)
  }
  if (code === 'SQLITE_ERROR') {
    if (error.message === 'integer overflow') return new DataError(message, options)
    if (!/^no such (table|column)/.test(error.message)) return new ProgrammingError(message, options)
    const hint = 'If a model says otherwise, its migration is missing: run makemigrations, then migrate.'
    return new ProgrammingError(message, { ...options, hint })
  }
  if (code === 'SQLITE_READONLY') return new OperationalError(message, options)
  if (code.startsWith('SQLITE_')) return new OperationalError(message, options)
  return driverError(error, message, options)
}

/** Errors that better-sqlite3 raises itself, before SQLite sees the statement. */
function driverError(error: Error, message: string, options: DatabaseErrorOptions): unknown {
  if (/too big/.test(error.message)) return new DataError(message, options)
  if (/connection is not open/.test(error.message)) return new OperationalError(message, options)
  if (error instanceof TypeError || error instanceof RangeError) return new ProgrammingError(message, options)
  return error
}

const kinds: Record<string, ConstraintKind> = {
  SQLITE_CONSTRAINT_UNIQUE: 'unique',
  SQLITE_CONSTRAINT_PRIMARYKEY: 'primaryKey',
  SQLITE_CONSTRAINT_ROWID: 'primaryKey',
  SQLITE_CONSTRAINT_FOREIGNKEY: 'foreignKey',
  SQLITE_CONSTRAINT_NOTNULL: 'notNull',
  SQLITE_CONSTRAINT_CHECK: 'check',
}

/** SQLite names `table.column, …` for unique and not null, the index of expressions, or the constraint of a check. */
function integrityError(message: string, code: string, options: DatabaseErrorOptions): IntegrityError {
  const kind = kinds[code]
  const subject = /constraint failed: (.*)$/.exec(message)?.[1] ?? ''
  const indexName = /^index '(.*)'$/.exec(subject)?.[1]
  const text = `${message} (database '${options.alias}')`
  if (kind === 'check' || indexName !== undefined) {
    return new IntegrityError(text, { ...options, kind, constraint: indexName ?? subject })
  }
  const names = subject === '' ? [] : subject.split(', ').map((name) => name.split('.'))
  return new IntegrityError(text, {
    ...options,
    kind,
    table: names[0]?.[0],
    columns: names.map((name) => name[1] ?? name[0]!),
  })
}
