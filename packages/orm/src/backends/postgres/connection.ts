import type { Client, ClientConfig, QueryArrayResult } from 'pg'
import { traced } from '../query-channel.ts'
import type { RawRow, SqlValue } from '../statement.ts'
import type { PostgresUrl } from './postgres-url.ts'
import { PreparedNames } from './prepared-names.ts'
import { isConnectionLoss, isStalePlan } from './sql-state.ts'
import { typeParsers } from './type-parsers.ts'

export interface PostgresResult {
  readonly rows: RawRow[]
  readonly fields: readonly { readonly name: string }[]
  readonly rowCount: number | null
  /** The first word of what the server says it did: `'COMMIT'`, or `'ROLLBACK'` for a COMMIT that could not be. */
  readonly command: string
}

/** What is asked of the driver. Without values or a name it is the simple protocol, which takes several statements. */
interface Request {
  readonly text: string
  readonly values?: readonly SqlValue[]
  readonly name?: string
  readonly rowMode: 'array'
}

type ArrayParser = (text: string, parse: (element: string) => unknown) => { parse(): unknown[] }

/** As `server_version_num` has it: what older ones do is not tested. */
const oldestServer = 140_000

/**
 * One connection of pg. Statements wait for each other in the order they came, since flows of one transaction share it, and
 * what is prepared keeps a name for its SQL.
 */
export class PostgresConnection {
  readonly alias: string
  /** The error that ended the connection; nothing can be asked of it any more. */
  lost: Error | undefined
  /** Called once, when the connection ends without `close`. */
  onLost: () => void = () => {}
  readonly #client: Client
  readonly #names: PreparedNames | undefined
  readonly #waiting: (() => void)[] = []
  #busy = false

  private constructor(client: Client, alias: string, prepared: boolean) {
    this.alias = alias
    this.#client = client
    this.#names = prepared ? new PreparedNames((name) => this.#deallocate(name)) : undefined
    client.on('error', (error) => this.lose(error))
    client.on('end', () => this.lose(new Error('Connection terminated')))
  }

  /** Connects, and sets what all statements rely on. Errors are the driver's. */
  static async open(url: PostgresUrl, alias: string): Promise<PostgresConnection> {
    // Loaded by who needs it: a project on another database has no use for the driver.
    const { default: pg } = await import('pg')
    // Its types say what it was long ago.
    const { create } = pg.types.arrayParser as unknown as { create: ArrayParser }
    const config = clientConfig(url, (text, parse) => create(text, parse).parse())
    const client = await connect(url, (ssl) => new pg.Client({ ...config, ssl }))
    const connection = new PostgresConnection(client, alias, url.prepared)
    try {
      await connection.#prepareSession(url)
    } catch (error) {
      await connection.close()
      throw error
    }
    return connection
  }

  async #prepareSession(url: PostgresUrl): Promise<void> {
    const calls = url.prepared
      ? sessionSettings(url).map(([name, value]) => `set_config('${name}', '${value}', false)`)
      : []
    const text = `SELECT ${["current_setting('server_version_num')::integer", ...calls].join(', ')}`
    const { rows } = await this.#request({ text, rowMode: 'array' })
    const version = Number(rows[0]?.[0])
    if (version < oldestServer) {
      throw new Error(`the server is PostgreSQL ${Math.floor(version / 10_000)}; Nuages needs 14 or newer`)
    }
  }

  /** One statement, prepared under a name for its SQL. */
  async query(sql: string, values: readonly SqlValue[]): Promise<PostgresResult> {
    try {
      return await this.#query(sql, values)
    } catch (error) {
      if (!isStalePlan(error)) throw error
      // A column has another type than when the statement was prepared. It did nothing yet; a transaction is lost all the same.
      this.#names?.forget(sql)
      if (this.inTransaction) throw error
      return this.#query(sql, values)
    }
  }

  #query(text: string, values: readonly SqlValue[]): Promise<PostgresResult> {
    const name = this.#names?.nameOf(text)
    const request: Request =
      name === undefined ? { text, values, rowMode: 'array' } : { text, values, name, rowMode: 'array' }
    return traced('query', text, values, this.alias, () => this.#request(request))
  }

  /** A statement that is not worth preparing. */
  once(sql: string, values: readonly SqlValue[]): Promise<PostgresResult> {
    return traced('query', sql, values, this.alias, () => this.#request({ text: sql, values, rowMode: 'array' }))
  }

  /** SQL without values, of one statement or several. */
  script(sql: string): Promise<PostgresResult> {
    return traced('query', sql, [], this.alias, () => this.#request({ text: sql, rowMode: 'array' }))
  }

  /** BEGIN, COMMIT and the like. */
  control(sql: string): Promise<PostgresResult> {
    return traced('transaction', sql, [], this.alias, () => this.#request({ text: sql, rowMode: 'array' }))
  }

  /** As of the last statement that ended. */
  get inTransaction(): boolean {
    return this.#client.getTransactionStatus() !== 'I'
  }

  /** Tables have changed: nothing that was prepared is used again. */
  forgetPrepared(): void {
    this.#names?.forgetAll()
  }

  /** Whether the open connection keeps the process alive. */
  holdProcess(hold: boolean): void {
    const client = this.#client as unknown as { ref(): void; unref(): void }
    if (hold) client.ref()
    else client.unref()
  }

  async close(): Promise<void> {
    this.lost ??= new Error('Connection closed')
    this.onLost = () => {}
    // Whoever waits for the end must not be left by a process with nothing else to do.
    this.holdProcess(true)
    await this.#client.end().catch(() => {})
  }

  /** Notes that the connection is of no use any more. */
  lose(error: Error): void {
    if (this.lost !== undefined) return
    this.lost = error
    this.onLost()
    void this.#client.end().catch(() => {})
  }

  #request(request: Request): Promise<PostgresResult> {
    return new Promise((resolve, reject) => {
      const send = () => {
        this.#busy = true
        this.#client.query(request as never, (error: Error | null, result: unknown) => {
          if (error && isConnectionLoss(error)) this.lose(error)
          this.#next()
          if (error) reject(error)
          else resolve(lastOf(result as QueryArrayResult | QueryArrayResult[]) as PostgresResult)
        })
      }
      if (this.#busy) this.#waiting.push(send)
      else send()
    })
  }

  #next(): void {
    this.#busy = false
    this.#waiting.shift()?.()
  }

  /** Nobody waits for it: where it fails, so does what comes after. */
  #deallocate(name: string): void {
    const { parsedStatements } = (
      this.#client as unknown as { connection: { parsedStatements: Record<string, string> } }
    ).connection
    if (parsedStatements[name] === undefined) return
    delete parsedStatements[name]
    this.#request({ text: `DEALLOCATE ${name}`, rowMode: 'array' }).catch(() => {})
  }
}

/** What all statements rely on, whatever the server is set to, and what the URL asks for. */
function sessionSettings(url: PostgresUrl): [name: string, value: string][] {
  const settings: [string, string][] = [
    ['TimeZone', 'UTC'],
    ['DateStyle', 'ISO'],
    ['IntervalStyle', 'postgres'],
    ['standard_conforming_strings', 'on'],
  ]
  if (url.statementTimeout > 0) settings.push(['statement_timeout', String(url.statementTimeout)])
  if (url.lockTimeout > 0) settings.push(['lock_timeout', String(url.lockTimeout)])
  if (url.isolationLevel) settings.push(['default_transaction_isolation', url.isolationLevel])
  return settings
}

/**
 * Behind a pooler that hands each transaction another connection, a setting that is made later would be another's. In the startup
 * packet the pooler sees it; others, some of which refuse such options, get them by a statement.
 */
function startupOptions(url: PostgresUrl): { options?: string } {
  if (url.prepared) return {}
  return {
    options: sessionSettings(url)
      .map(([name, value]) => `-c ${name}=${value.replaceAll(' ', '\\ ')}`)
      .join(' '),
  }
}

/** A script has a result for each of its statements. */
function lastOf<T>(result: T | T[]): T {
  return Array.isArray(result) ? result.at(-1)! : result
}

function clientConfig(url: PostgresUrl, parseArray: Parameters<typeof typeParsers>[0]): ClientConfig {
  return {
    host: url.host,
    port: url.port,
    database: url.database,
    ...(url.user === undefined ? {} : { user: url.user }),
    ...(url.password === undefined ? {} : { password: url.password }),
    application_name: url.applicationName,
    connectionTimeoutMillis: url.connectTimeout,
    keepAlive: true,
    ...startupOptions(url),
    types: typeParsers(parseArray),
  }
}

async function connect(url: PostgresUrl, makeClient: (ssl: ClientConfig['ssl']) => Client): Promise<Client> {
  const open = async (ssl: ClientConfig['ssl']) => {
    const client = makeClient(ssl)
    // Without a listener an error that comes after the first one would end the process.
    const ignore = () => {}
    client.on('error', ignore)
    await client.connect()
    client.off('error', ignore)
    return client
  }
  const ssl = await tlsOf(url)
  try {
    return await open(ssl)
  } catch (error) {
    const refused = error instanceof Error && /does not support SSL/.test(error.message)
    if (url.sslmode !== 'prefer' || !refused) throw error
    return open(false)
  }
}

/** What libpq's `sslmode` means: 'require' encrypts without asking who answers, the 'verify' modes ask. */
async function tlsOf({ sslmode, sslrootcert }: PostgresUrl): Promise<ClientConfig['ssl']> {
  if (sslmode === 'disable') return false
  if (sslmode === 'prefer' || sslmode === 'require') return { rejectUnauthorized: false }
  const { readFile } = await import('node:fs/promises')
  const ca = sslrootcert === undefined ? {} : { ca: await readFile(sslrootcert, 'utf8') }
  return sslmode === 'verify-full' ? ca : { ...ca, checkServerIdentity: () => undefined }
}
