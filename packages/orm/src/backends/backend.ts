import type { Field } from '../fields/field.ts'
import type { Database, Vendor } from './database.ts'
import type { Operations } from './operations.ts'
import type { TestDatabase, TestPlace } from './test-database.ts'

/** What a backend is given to make a database. */
export interface DatabaseAddress {
  readonly alias: string
  /** As it stands in the settings, and perhaps with a password: it belongs in no message. */
  readonly url: string
  /** The folder that relative files are taken from. */
  readonly baseDir: string
  /** Makes the error for what is wrong in the URL: `databases.<alias>: <problem>`. */
  fail(problem: string): Error
}

/** Everything that the ORM asks of a kind of database. */
export interface Backend {
  readonly vendor: Vendor
  /** The schemes of its URLs, in lower case: `['postgres', 'postgresql']`. */
  readonly schemes: readonly string[]
  /** URLs that work, for messages: `"'sqlite:db.sqlite3'"`. */
  readonly example: string
  /** Its dialect. */
  readonly operations: Operations
  /** The type of a field's column, without NULL, keys or constraints; without it, that which SQLite has. */
  columnType?(field: Field): string
  /** Makes an empty database for tests beside the one of a URL. A backend without it has no fixture in `nuages/testing`. */
  testDatabase?(place: TestPlace): Promise<TestDatabase>
  /** Reads the URL, without opening anything yet. */
  open(address: DatabaseAddress): Database
}
