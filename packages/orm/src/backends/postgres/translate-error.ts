import {
  type ConstraintKind,
  DatabaseError,
  type DatabaseErrorOptions,
  DataError,
  IntegrityError,
  InternalError,
  NotSupportedError,
  OperationalError,
  ProgrammingError,
  TransactionManagementError,
} from '../errors.ts'
import { type DriverError, isConnectionLoss, mayRetry, sqlStateOf } from './sql-state.ts'

type Make = (message: string, options: DatabaseErrorOptions) => DatabaseError

const data: Make = (message, options) => new DataError(message, options)
const operational: Make = (message, options) => new OperationalError(message, options)
const programming: Make = (message, options) => new ProgrammingError(message, options)
const internal: Make = (message, options) => new InternalError(message, options)
const notSupported: Make = (message, options) => new NotSupportedError(message, options)

/** By the class of an SQLSTATE, as Django has them of psycopg. What is not here is an `InternalError`. */
const classes = new Map<string, Make>([
  ['0A', notSupported],
  ['20', programming],
  ['21', programming],
  ['22', data],
  ['26', operational],
  ['27', operational],
  ['28', operational],
  ['34', operational],
  ['3D', programming],
  ['3F', programming],
  ['40', operational],
  ['42', programming],
  ['44', programming],
  ['53', operational],
  ['54', operational],
  ['55', operational],
  ['57', operational],
  ['58', operational],
  ['HV', operational],
])

/** Where a connection leads, for messages. It holds no password. */
export interface Endpoint {
  readonly host: string
  readonly port: number
}

/** The error of the driver as one of Django's classes. */
export function translateError(error: unknown, alias: string, sql: string | undefined, endpoint: Endpoint): unknown {
  if (!(error instanceof Error) || error instanceof DatabaseError) return error
  const state = sqlStateOf(error)
  const options = { cause: error, alias, sql, driverCode: state ?? (error as DriverError).code }
  if (isConnectionLoss(error))
    return connectionLost(error, alias, sql, endpoint, sql === 'COMMIT' ? 'commit' : 'statement')
  if (state === undefined) return driverError(error, options)
  const message = `${error.message} (database '${alias}')`
  if (state.startsWith('23')) return integrityError(error, state, message, options)
  if (state === '42P01' || state === '42703') {
    const hint = 'If a model says otherwise, its migration is missing: run makemigrations, then migrate.'
    return new ProgrammingError(message, { ...options, hint })
  }
  if (state === '25P02') {
    return new TransactionManagementError(
      `An earlier statement of the transaction on '${alias}' failed, so that PostgreSQL can only roll it back. ` +
        'Put what may fail into an atomic() block of its own.',
      options,
    )
  }
  if (mayRetry(state)) return new OperationalError(message, { ...options, retryable: true, hint: retryHint })
  if (state === '57014' && /statement timeout/.test(error.message)) {
    return new OperationalError(`${message}. It ran longer than the URL's statement_timeout allows.`, options)
  }
  return (classes.get(state.slice(0, 2)) ?? internal)(message, options)
}

const retryHint = 'Run the whole transaction again: atomic(block, { retries: 3 }) does.'

const consequence = {
  statement: 'Whether the statement took effect is not known; the next one gets a new connection.',
  block: 'What its atomic() block had written is lost; run the whole block again.',
  commit: 'Whether the atomic() block was committed is not known.',
}

/** `during` says what is known of the writes that were under way. */
export function connectionLost(
  error: unknown,
  alias: string,
  sql: string | undefined,
  { host, port }: Endpoint,
  during: keyof typeof consequence,
): OperationalError {
  const { message, code } = error as DriverError
  return new OperationalError(
    `The connection to PostgreSQL at ${host}:${port} (database '${alias}') broke while a statement ran: ${message}. ${consequence[during]}`,
    { cause: error, alias, sql, driverCode: code, retryable: during === 'block' },
  )
}

/** Errors that the driver raises itself, before the server sees the statement. */
function driverError(error: Error, options: DatabaseErrorOptions): unknown {
  if (error instanceof TypeError || error instanceof RangeError) {
    return new ProgrammingError(`${error.message} (database '${options.alias}')`, options)
  }
  return error
}

const kinds: Record<string, ConstraintKind> = {
  '23505': 'unique',
  '23503': 'foreignKey',
  '23502': 'notNull',
  '23514': 'check',
  '23P01': 'exclusion',
}

/** The server's detail names the columns, with values that may be secret: those stay in the cause. */
function integrityError(
  error: DriverError,
  state: string,
  message: string,
  options: DatabaseErrorOptions,
): IntegrityError {
  const { table, column, constraint, detail = '' } = error
  const isPrimaryKey = state === '23505' && constraint === `${table}_pkey`
  const kind = isPrimaryKey ? 'primaryKey' : kinds[state]
  return new IntegrityError(message, {
    ...options,
    kind,
    table,
    constraint,
    columns: column === undefined ? columnsOf(detail) : [column],
  })
}

/**
 * `Key (author_id, title)=(1, x) already exists.` What is said of a row that is still pointed to are the other table's columns,
 * and an index of an expression has none.
 */
function columnsOf(detail: string): readonly string[] {
  const [, list] = /^Key \((.*?)\)=\(/.exec(detail) ?? []
  if (list === undefined || /is still referenced from table/.test(detail)) return []
  const names = list
    .match(/"(?:[^"]|"")+"|[^,"]+/g)!
    .map((name) => name.trim())
    .filter((name) => name !== '')
  if (!names.every((name) => /^(?:".*"|[\w$\u0080-\uffff]+)$/.test(name))) return []
  return names.map((name) => name.replace(/^"(.*)"$/, '$1').replaceAll('""', '"'))
}
