import { didYouMean } from '@nuages/foundation'
import type { IsolationLevel } from '../database.ts'

/** What `postgres://…` says. Times are in milliseconds, 0 for none. */
export interface PostgresUrl {
  readonly backend: 'postgresql'
  /** A name, an address, or the folder of a Unix socket. */
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string | undefined
  readonly password: string | undefined
  /** Connections that may be open at once. */
  readonly poolSize: number
  /** How long to wait for a connection of the pool. */
  readonly poolTimeout: number
  /** How long a connection may be idle before it is closed. */
  readonly idleTimeout: number
  readonly connectTimeout: number
  readonly statementTimeout: number
  readonly lockTimeout: number
  readonly sslmode: SslMode
  /** The file of the authority that signed the server's certificate. */
  readonly sslrootcert: string | undefined
  readonly applicationName: string
  readonly isolationLevel: IsolationLevel | undefined
  /** Whether statements are prepared under a name; not where a pooler hands each transaction another connection. */
  readonly prepared: boolean
}

export type SslMode = 'disable' | 'prefer' | 'require' | 'verify-ca' | 'verify-full'

export const postgresExample = "'postgres://user:password@host:5432/name'"

const sslModes: readonly SslMode[] = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full']
const isolationLevels: readonly IsolationLevel[] = ['read committed', 'repeatable read', 'serializable']
const maxPort = 65_535

type Fail = (problem: string) => Error
type Reader<T> = (value: string, name: string, fail: Fail) => T

const seconds: Reader<number> = (value, name, fail) => {
  const number = Number(value)
  if (value !== '' && number >= 0 && number <= 3600) return number * 1000
  throw fail(`${name}=${value} is not a number of seconds from 0 to 3600.`)
}

const count: Reader<number> = (value, name, fail) => {
  const number = Number(value)
  if (Number.isInteger(number) && number >= 1 && number <= 1000) return number
  throw fail(`${name}=${value} is not a whole number from 1 to 1000.`)
}

const oneOf =
  <T extends string>(choices: readonly T[]): Reader<T> =>
  (value, name, fail) => {
    const found = choices.find((choice) => choice === value.replaceAll('_', choice.includes(' ') ? ' ' : '_'))
    if (found !== undefined) return found
    throw fail(`${name}=${value} is none of: ${choices.join(', ').replaceAll(' ', '_').replaceAll(',_', ', ')}.`)
  }

const text: Reader<string> = (value) => value

const options = {
  pool_size: count,
  pool_timeout: seconds,
  idle_timeout: seconds,
  connect_timeout: seconds,
  statement_timeout: seconds,
  lock_timeout: seconds,
  sslmode: oneOf(sslModes),
  sslrootcert: text,
  application_name: text,
  isolation_level: oneOf(isolationLevels),
  prepared: ((value, name, fail) => oneOf(['true', 'false'])(value, name, fail) === 'true') as Reader<boolean>,
  host: text,
}

type Options = { [K in keyof typeof options]?: ReturnType<(typeof options)[K]> }

/**
 * Reads `postgres://user:password@host:port/name?option=value`. What it does not say is left to the variables that every
 * client of PostgreSQL knows (`PGUSER`, `PGPASSWORD`). Throws what `fail` makes of a problem.
 */
export function parsePostgresUrl(url: string, fail: Fail): PostgresUrl {
  let parsed: URL
  try {
    parsed = new URL(url.replace(/^postgresql:/i, 'postgres:'))
  } catch {
    throw fail(
      `the URL of the PostgreSQL database cannot be read. Use ${postgresExample}, with what is special in a user or password ` +
        "percent-encoded ('@' is '%40', '/' is '%2F', '#' is '%23').",
    )
  }
  const decoded = (part: string) => decodePart(part, fail)
  const given = readOptions(parsed.searchParams, fail)
  const database = decoded(parsed.pathname.slice(1))
  if (database === '' || database.includes('/')) {
    throw fail(
      `the URL of the PostgreSQL database names no database: its path is '${parsed.pathname}'. Use ${postgresExample}.`,
    )
  }
  const host = given.host ?? (decoded(parsed.hostname.replace(/^\[(.*)\]$/, '$1')) || 'localhost')
  const port = parsed.port === '' ? 5432 : Number(parsed.port)
  if (port < 1 || port > maxPort) throw fail(`port ${parsed.port} is not from 1 to ${maxPort}.`)
  return {
    backend: 'postgresql',
    host,
    port,
    database,
    user: decoded(parsed.username) || undefined,
    password: decoded(parsed.password) || undefined,
    poolSize: given.pool_size ?? 10,
    poolTimeout: given.pool_timeout ?? 30_000,
    idleTimeout: given.idle_timeout ?? 60_000,
    connectTimeout: given.connect_timeout ?? 10_000,
    statementTimeout: given.statement_timeout ?? 0,
    lockTimeout: given.lock_timeout ?? 0,
    sslmode: given.sslmode ?? (isLocal(host) ? 'disable' : 'prefer'),
    sslrootcert: given.sslrootcert,
    applicationName: given.application_name ?? 'nuages',
    isolationLevel: given.isolation_level,
    prepared: given.prepared ?? true,
  }
}

function readOptions(params: URLSearchParams, fail: Fail): Options {
  const given: Record<string, unknown> = {}
  for (const [name, value] of params) {
    if (!Object.hasOwn(options, name)) {
      const known = Object.keys(options)
      throw fail(
        `unknown option '${name}' in the URL.${didYouMean(name, known)} PostgreSQL takes: ${known.join(', ')}; times in seconds.`,
      )
    }
    given[name] = options[name as keyof typeof options](value, name, fail)
  }
  return given
}

function decodePart(part: string, fail: Fail): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw fail(
      "the URL of the PostgreSQL database has a '%' that is not an escape. Write '%25' for the character itself.",
    )
  }
}

/** Nobody listens between a process and its own machine. */
function isLocal(host: string): boolean {
  return host.startsWith('/') || host === 'localhost' || host === '127.0.0.1' || host === '::1'
}
