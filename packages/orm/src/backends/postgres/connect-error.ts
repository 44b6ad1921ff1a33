import { OperationalError } from '../errors.ts'
import type { PostgresUrl } from './postgres-url.ts'
import { type DriverError, sqlStateOf } from './sql-state.ts'

/** Why no connection could be made, with what to do about it. The password is never part of it. */
export function connectError(error: unknown, url: PostgresUrl, alias: string): OperationalError {
  const { code, message } = error as DriverError
  return new OperationalError(
    `PostgreSQL at ${url.host}:${url.port} (database '${alias}') gave no connection: ${reason(error as DriverError, url)}`,
    { cause: error, alias, driverCode: code ?? message },
  )
}

function reason(error: DriverError, url: PostgresUrl): string {
  const { code, message } = error
  switch (sqlStateOf(error)) {
    case '28P01':
      return `${message}. Check the user and password in the URL.`
    case '28000':
      return `${message}. Check the user in the URL, the server's pg_hba.conf, and whether it asks for TLS ('?sslmode=require').`
    case '3D000':
      return `it has no database '${url.database}'. Create it ('createdb ${url.database}'), or check the name in the URL.`
    case '53300':
      return `${message}. Lower pool_size of the processes that use it, or raise max_connections of the server.`
    case '57P03':
      return `${message}. Try again when it has started.`
  }
  switch (code) {
    case 'ECONNREFUSED':
      return 'nobody listens there. Start the server, or check host and port in the URL.'
    case 'ENOENT':
      return `there is no socket for port ${url.port} in '${url.host}'. Start the server, or check the folder in the URL.`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'the name of the host is not known. Check it in the URL, and the name server.'
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `the host cannot be reached (${code}). Check host and port in the URL, and what stands between.`
  }
  if (message === 'timeout expired') {
    return `it did not answer within ${url.connectTimeout / 1000} s. Check host and port in the URL, or raise connect_timeout.`
  }
  if (/password must be a string/.test(message)) return 'it asks for a password. Put one in the URL, or in PGPASSWORD.'
  if (/does not support SSL/.test(message)) return `it has no TLS, which '?sslmode=${url.sslmode}' asks for.`
  if (/certificate|self-signed|altnames/i.test(`${message}${code}`)) {
    return `its certificate cannot be trusted: ${message}. Name its authority: '?sslmode=verify-full&sslrootcert=<file>'.`
  }
  return `${message.replace(/\.$/, '')}.`
}
