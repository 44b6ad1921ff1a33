import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import type { TestDatabase, TestPlace } from '../test-database.ts'
import { PostgresDatabase } from './postgres-database.ts'
import { parsePostgresUrl } from './postgres-url.ts'
import { quoteName, quoteText, storedName } from './quote.ts'

/** A schema beside the tables, which no name without a schema leads to. */
const keptSchema = 'nuages_kept'

/**
 * A database beside the one of the settings, on the same server: `test_<name>_<process>_…`. For each test its tables are emptied and
 * get back the rows that the migrations gave them, which is quicker than a copy of the whole database.
 */
export class PostgresTestDatabase implements TestDatabase {
  readonly url: string
  readonly #place: TestPlace
  readonly #name: string
  #restoring = ''
  #tables = ''
  #isDropped = false

  private constructor(place: TestPlace, name: string) {
    this.#place = place
    this.#name = name
    this.url = withDatabase(place.url, name)
  }

  static async create(place: TestPlace): Promise<PostgresTestDatabase> {
    const name = parsePostgresUrl(place.url, failing(place)).database
    const suffix = place.alias === 'default' ? '' : `_${place.alias}`
    // A process may run several projects, and several processes the same one.
    const unique = `${process.pid}_${randomBytes(4).toString('hex')}`
    const made = new PostgresTestDatabase(place, storedName(`test_${name}${suffix}_${unique}`))
    await made.#onServer(async (server) => {
      await dropLeft(server, `test_${name}${suffix}_`)
      await server.script(`CREATE DATABASE ${quoteName(made.#name)} TEMPLATE template0`)
    })
    // Nothing of a test outlives a power cut anyway.
    await made.#onServer((server) =>
      server.script(`ALTER DATABASE ${quoteName(made.#name)} SET synchronous_commit = off`),
    )
    process.once('exit', () => made.#dropBehind())
    return made
  }

  async keep(): Promise<void> {
    await this.#inside(async (database) => {
      this.#tables = String(await database.tableNames())
      const tables = (await database.introspect()).map(({ name, columns }) => {
        const plain = columns.filter(({ generated }) => generated === undefined)
        return { name: quoteName(name), columns: plain.map((column) => quoteName(column.name)).join(', ') }
      })
      const kept = tables.map(({ name }) => `CREATE TABLE ${keptSchema}.${name} AS TABLE ${name};`)
      await database.script(
        `DROP SCHEMA IF EXISTS ${keptSchema} CASCADE; CREATE SCHEMA ${keptSchema}; ${kept.join('\n')}`,
      )
      const sequences = await database.all({ sql: sequenceValues }, [])
      this.#restoring = [
        'SET CONSTRAINTS ALL DEFERRED;',
        ...tables.map(({ name }) => `DELETE FROM ${name};`),
        ...tables.map(
          ({ name, columns }) => `INSERT INTO ${name} (${columns}) SELECT ${columns} FROM ${keptSchema}.${name};`,
        ),
        ...sequences.map(([name, value, called]) => `SELECT setval(${quoteText(String(name))}, ${value}, ${called});`),
      ].join('\n')
    })
  }

  async restore(tablesChanged: boolean): Promise<string | undefined> {
    return this.#inside(async (database) => {
      if (!tablesChanged && String(await database.tableNames()) === this.#tables) {
        await database.atomic(() => database.script(this.#restoring))
        return this.url
      }
      // A test of migrations, say.
      await database.script(
        `DROP SCHEMA public CASCADE; CREATE SCHEMA public; DROP SCHEMA IF EXISTS ${keptSchema} CASCADE`,
      )
      return undefined
    })
  }

  async drop(): Promise<void> {
    await this.#onServer((server) => server.script(`DROP DATABASE IF EXISTS ${quoteName(this.#name)} WITH (FORCE)`))
    this.#isDropped = true
  }

  /** A process that ends cannot wait: another one drops what is left. The URL, which may hold a password, is no argument. */
  #dropBehind(): void {
    if (this.#isDropped) return
    const code = `import(${JSON.stringify(import.meta.url)}).then((m) => m.dropTestDatabase(process.env.NUAGES_DROP_URL))`
    const env = { ...process.env, NUAGES_DROP_URL: this.url }
    spawn(process.execPath, ['--eval', code], { env, detached: true, stdio: 'ignore' }).unref()
  }

  async #inside<T>(work: (database: PostgresDatabase) => Promise<T>): Promise<T> {
    return withOpen(this.url, this.#place.alias, work)
  }

  async #onServer(work: (server: PostgresDatabase) => Promise<void>): Promise<void> {
    await withOpen(withDatabase(this.url, 'postgres'), this.#place.alias, work)
  }
}

/** Drops a database by its URL. It is exported for the process of `#dropBehind` alone, which imports it by its name. */
export async function dropTestDatabase(url: string): Promise<void> {
  const name = decodeURIComponent(new URL(url).pathname.slice(1))
  await withOpen(withDatabase(url, 'postgres'), 'default', (server) =>
    server.script(`DROP DATABASE IF EXISTS ${quoteName(name)} WITH (FORCE)`),
  )
}

const sequenceValues = `SELECT quote_ident(schemaname) || '.' || quote_ident(sequencename),
    COALESCE(last_value, start_value), last_value IS NOT NULL
  FROM pg_sequences WHERE schemaname = current_schema()`

/** Databases of processes that were killed. */
async function dropLeft(server: PostgresDatabase, prefix: string): Promise<void> {
  const rows = await server.all({ sql: 'SELECT datname::text FROM pg_database WHERE starts_with(datname, $1)' }, [
    prefix,
  ])
  for (const [name] of rows) {
    const [, pid] = /^(\d+)_[\da-f]{8}$/.exec(String(name).slice(prefix.length)) ?? []
    if (pid === undefined || isAlive(Number(pid))) continue
    await server.script(`DROP DATABASE IF EXISTS ${quoteName(String(name))} WITH (FORCE)`)
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${encodeURIComponent(name)}`
  return changed.href
}

function failing({ alias }: TestPlace): (problem: string) => Error {
  return (problem) => new Error(`databases.${alias}: ${problem}`)
}

async function withOpen<T>(url: string, alias: string, work: (database: PostgresDatabase) => Promise<T>): Promise<T> {
  const database = new PostgresDatabase({ alias, url: parsePostgresUrl(url, failing({ alias, url, folder: '' })) })
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}
