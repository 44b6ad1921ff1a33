import { constants, copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Settings, setup, storeMediaIn } from '@nuages/core'
import { ImproperlyConfigured } from '@nuages/foundation'
import { closeDatabases, configureDatabases } from '@nuages/orm'
import { migrate } from '@nuages/orm/migrations'
import { migrationApps } from './migration-apps.ts'

/**
 * The databases of a project, in files of their own: migrated once, then copied for each test, which takes about a
 * millisecond. The project's real databases are never opened, and uploaded files go to a folder that is emptied with each copy.
 */
export class TestDatabase {
  readonly #folder: string
  readonly #aliases: readonly string[]
  readonly #routers: Settings['databaseRouters']
  #copies = 0

  private constructor(folder: string, aliases: readonly string[], routers: Settings['databaseRouters']) {
    this.#folder = folder
    this.#aliases = aliases
    this.#routers = routers
  }

  /** Sets the project up and migrates its databases. Throws `ImproperlyConfigured` when the settings name none. */
  static async create(settings: Settings): Promise<TestDatabase> {
    const aliases = Object.keys(settings.databases)
    if (aliases.length === 0) {
      throw new ImproperlyConfigured('testDatabase() needs a database, and the settings name none.', {
        hint: "Add databases: { default: 'sqlite:db.sqlite3' } to the settings; the file itself is not touched.",
      })
    }
    const folder = mkdtempSync(join(tmpdir(), 'nuages-test-'))
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
    const database = new TestDatabase(folder, aliases, settings.databaseRouters)
    await setup(settings)
    await database.#use('template')
    const apps = await migrationApps(folder)
    for (const alias of aliases) await migrate({ apps, database: alias })
    // Closing writes the journal back into the file, so that the file alone is the database.
    await closeDatabases()
    return database
  }

  /** Gives the process fresh databases, as they are after the migrations, and no uploaded files. */
  async reset(): Promise<void> {
    await closeDatabases()
    this.#remove(this.#copies)
    this.#copies += 1
    for (const alias of this.#aliases) {
      copyFileSync(this.#file(alias, 'template'), this.#file(alias, this.#copies), constants.COPYFILE_FICLONE)
    }
    await this.#use(this.#copies)
  }

  /** Closes the databases and removes their files. */
  async close(): Promise<void> {
    await closeDatabases()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async #use(copy: number | 'template'): Promise<void> {
    await closeDatabases()
    configureDatabases(
      Object.fromEntries(this.#aliases.map((alias) => [alias, `sqlite:${encodeURI(this.#file(alias, copy))}`])),
      { routers: this.#routers },
    )
    storeMediaIn(this.#media(copy))
  }

  #remove(copy: number): void {
    rmSync(this.#media(copy), { recursive: true, force: true })
    for (const alias of this.#aliases) {
      for (const suffix of ['', '-wal', '-shm']) rmSync(this.#file(alias, copy) + suffix, { force: true })
    }
  }

  #media(copy: number | 'template'): string {
    return join(this.#folder, `media-${copy}`)
  }

  #file(alias: string, copy: number | 'template'): string {
    return join(this.#folder, `${alias}-${copy}.sqlite3`)
  }
}
