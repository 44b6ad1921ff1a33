import { ImproperlyConfigured } from '@nuages/foundation'
import { schemeOf } from './database-url.ts'
import { backendOfScheme } from './known-backends.ts'

/** A database for tests, beside one of the settings, which is never opened. Nobody has it open while it is asked for something. */
export interface TestDatabase {
  readonly url: string
  /** Keeps what it holds now. */
  keep(): Promise<void>
  /**
   * The URL of a database that holds what was kept, and nothing else; nothing where a test took that away, and it is empty.
   * `tablesChanged` says that a test did, where it may not show.
   */
  restore(tablesChanged: boolean): Promise<string | undefined>
  drop(): Promise<void>
}

/** Where a backend makes a database for tests. */
export interface TestPlace {
  /** Of the database of the settings. */
  readonly url: string
  readonly alias: string
  /** A folder of the test's own, for files. */
  readonly folder: string
}

/** An empty database for tests. Throws `ImproperlyConfigured` where the backend makes none. */
export async function makeTestDatabase(place: TestPlace): Promise<TestDatabase> {
  const scheme = schemeOf(place.url)
  const backend = backendOfScheme(scheme)
  if (backend?.testDatabase) return backend.testDatabase(place)
  throw new ImproperlyConfigured(
    `databases.${place.alias}: the backend of '${scheme}:' makes no databases for tests. Give the tests settings with another URL.`,
  )
}
