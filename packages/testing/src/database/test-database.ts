import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Settings, setup, storeMediaIn } from '@nuages/core'
import { ImproperlyConfigured } from '@nuages/foundation'
import { closeDatabases, configureDatabases } from '@nuages/orm'
import { makeTestDatabase, type TestDatabase as OneDatabase } from '@nuages/orm/backends'
import { databaseHistory, type History, migrate } from '@nuages/orm/migrations'
import { forgetWhatIsKept } from './forget-what-is-kept.ts'
import { loadTestFixtures } from './load-test-fixtures.ts'
import { migrationApps } from './migration-apps.ts'

export interface TestDatabaseOptions {
  /** Fixtures that each test finds loaded in `default`, by their names or paths. Django's `fixtures`. */
  readonly fixtures?: readonly string[]
}

/**
 * The databases of a project, made beside its own: migrated once, and made fresh for each test. SQLite's are files that are
 * copied, PostgreSQL's get back the rows that the migrations left. The project's real databases are never opened, and uploaded
 * files go to a folder that is emptied each time.
 */
export class TestDatabase {
  readonly #folder: string
  readonly #databases: ReadonlyMap<string, OneDatabase>
  readonly #routers: Settings['databaseRouters']
  readonly #fixtures: readonly string[]
  /** The aliases that a test has migrated. */
  readonly #migrated = new Set<string>()
  #rounds = 0

  private constructor(
    folder: string,
    databases: ReadonlyMap<string, OneDatabase>,
    settings: Settings,
    { fixtures = [] }: TestDatabaseOptions,
  ) {
    this.#folder = folder
    this.#databases = databases
    this.#routers = settings.databaseRouters
    this.#fixtures = fixtures
  }

  /**
   * Sets the project up, migrates its databases and loads fixtures. Throws `ImproperlyConfigured` when the settings name no
   * database, and `DeserializationError` for a fixture that cannot be loaded.
   */
  static async create(settings: Settings, options: TestDatabaseOptions = {}): Promise<TestDatabase> {
    const urls = Object.entries(settings.databases)
    if (urls.length === 0) {
      throw new ImproperlyConfigured('testDatabase() needs a database, and the settings name none.', {
        hint: "Add databases: { default: 'sqlite:db.sqlite3' } to the settings; the file itself is not touched.",
      })
    }
    const folder = mkdtempSync(join(tmpdir(), 'nuages-test-'))
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
    const databases = new Map<string, OneDatabase>()
    for (const [alias, url] of urls) databases.set(alias, await makeTestDatabase({ alias, url, folder }))
    const made = new TestDatabase(folder, databases, settings, options)
    await setup(settings)
    await made.#use([...databases].map(([alias, { url }]) => [alias, url]))
    await made.#migrate([...databases.keys()])
    return made
  }

  /**
   * Gives the process fresh databases, as they are after the migrations and fixtures, no uploaded files, an empty outbox and
   * empty caches of its own.
   */
  async reset(): Promise<void> {
    await closeDatabases()
    await forgetWhatIsKept()
    rmSync(this.#media, { recursive: true, force: true })
    this.#rounds += 1
    const urls: [string, string][] = []
    const emptied: string[] = []
    for (const [alias, database] of this.#databases) {
      const url = await database.restore(this.#migrated.has(alias))
      if (url === undefined) emptied.push(alias)
      urls.push([alias, url ?? database.url])
    }
    this.#migrated.clear()
    await this.#use(urls)
    if (emptied.length === 0) return
    await this.#migrate(emptied)
    await this.#use(urls)
  }

  /**
   * Brings the test's database to a migration of an app, back or forth, and gives the models as they are then: for tests of data
   * migrations. The next test starts with all migrations again.
   *
   * ```ts
   * const before = await database.migrate('blog', '0003')
   * await before.model('Post', { body: text() }).objects.create({ body: 'three words long' })
   * const after = await database.migrate('blog', '0004')
   * ```
   * @param app the app's name; its models are found by their name alone
   * @param name the migration's name, the start of it, or `'zero'`; the app's last when left out
   * @param alias the database, `default` when left out
   * @throws MigrationError for a migration that is not there, or has no way back
   */
  async migrate(app: string, name?: string, alias = 'default'): Promise<History> {
    const apps = await migrationApps(this.#folder)
    this.#migrated.add(alias)
    await migrate({ apps, app, name, database: alias })
    return databaseHistory({ apps, app, database: alias })
  }

  /**
   * Loads fixtures, by their names or paths, into the test's `default` database: all of their rows, or none. Returns how many rows
   * they have. Throws `DeserializationError`.
   */
  async loadFixtures(...labels: readonly string[]): Promise<number> {
    return loadTestFixtures(labels)
  }

  async #migrate(aliases: readonly string[]): Promise<void> {
    const apps = await migrationApps(this.#folder)
    for (const alias of aliases) await migrate({ apps, database: alias })
    // Part of what each test is given, so that they are read once.
    if (aliases.includes('default') && this.#fixtures.length > 0) await this.loadFixtures(...this.#fixtures)
    await closeDatabases()
    for (const alias of aliases) await this.#databases.get(alias)!.keep()
  }

  /** Closes the databases and removes them. */
  async close(): Promise<void> {
    await closeDatabases()
    for (const database of this.#databases.values()) await database.drop()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async #use(urls: readonly (readonly [alias: string, url: string])[]): Promise<void> {
    await closeDatabases()
    configureDatabases(Object.fromEntries(urls), { routers: this.#routers })
    storeMediaIn(this.#media)
  }

  get #media(): string {
    return join(this.#folder, `media-${this.#rounds}`)
  }
}
