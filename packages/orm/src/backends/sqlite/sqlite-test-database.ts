import { constants, copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { TestDatabase, TestPlace } from '../test-database.ts'

/** A file that is copied for each test, which takes about a millisecond. */
export class SqliteTestDatabase implements TestDatabase {
  readonly #place: TestPlace
  #copies = 0

  constructor(place: TestPlace) {
    this.#place = place
  }

  get url(): string {
    return this.#urlOf('template')
  }

  /** Whoever closes the file writes its journal back into it, so that the file alone is the database. */
  async keep(): Promise<void> {}

  async restore(): Promise<string> {
    this.#remove(this.#copies)
    this.#copies += 1
    copyFileSync(this.#file('template'), this.#file(this.#copies), constants.COPYFILE_FICLONE)
    return this.#urlOf(this.#copies)
  }

  async drop(): Promise<void> {
    this.#remove(this.#copies)
    this.#remove('template')
  }

  #remove(copy: number | 'template'): void {
    for (const suffix of ['', '-wal', '-shm']) rmSync(this.#file(copy) + suffix, { force: true })
  }

  #file(copy: number | 'template'): string {
    return join(this.#place.folder, `${this.#place.alias}-${copy}.sqlite3`)
  }

  #urlOf(copy: number | 'template'): string {
    return `sqlite:${encodeURI(this.#file(copy))}`
  }
}
