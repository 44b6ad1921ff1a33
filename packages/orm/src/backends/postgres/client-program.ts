import type { ClientProgram } from '../client-program.ts'
import type { PostgresUrl } from './postgres-url.ts'

/**
 * `psql` for a database. Everything is said by the variables of libpq: a name among the arguments could be taken for options, and a
 * password be read.
 */
export function psql(url: PostgresUrl): ClientProgram {
  const { host, port, database, user, password, sslmode, sslrootcert, connectTimeout } = url
  const env: Record<string, string> = { PGHOST: host, PGPORT: String(port), PGDATABASE: database, PGSSLMODE: sslmode }
  if (user !== undefined) env['PGUSER'] = user
  if (password !== undefined) env['PGPASSWORD'] = password
  if (sslrootcert !== undefined) env['PGSSLROOTCERT'] = sslrootcert
  // libpq takes whole seconds, and waits forever for none.
  if (connectTimeout > 0) env['PGCONNECT_TIMEOUT'] = String(Math.ceil(connectTimeout / 1000))
  return {
    program: 'psql',
    args: [],
    env,
    install: 'It comes with PostgreSQL; alone it is `apt install postgresql-client`, or `brew install libpq`.',
  }
}
