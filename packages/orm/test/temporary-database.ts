import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, inject } from 'vitest'
import { placeholder } from '../src/backends/operations.ts'
import { operationsFor } from '../src/backends/operations-for.ts'
import { closeDatabases, configureDatabases, database } from '../src/backends/registry.ts'
import { postgresDatabase } from './postgres-databases.ts'

/** The database that this run of the tests is about: each test runs on every one. */
export const vendor: 'sqlite' | 'postgresql' = process.env.NUAGES_TEST_VENDOR === 'postgresql' ? 'postgresql' : 'sqlite'

export interface TemporaryDatabase {
  /** An empty folder. */
  readonly dir: string
  /** The URL of `default`. */
  readonly url: string
}

/** Gives every test of the file a database as `default`, with the tables that `schema` makes and no rows. */
export function useTemporaryDatabase(schema: string | (() => string) = ''): TemporaryDatabase {
  const place = { dir: '', url: '' }
  beforeEach(async (context) => {
    place.dir = mkdtempSync(join(tmpdir(), 'nuages-orm-'))
    const server = vendor === 'postgresql' ? inject('postgres') : undefined
    if (server !== undefined && 'absent' in server) context.skip(server.absent)
    given = 0
    dir = place.dir
    const sql = typeof schema === 'string' ? schema : schema()
    place.url = await nextDatabase(sql)
    configureDatabases({ default: place.url })
    if (sql !== '' && vendor === 'sqlite') await database().script(sql)
  })
  afterEach(async () => {
    await closeDatabases()
    rmSync(place.dir, { recursive: true, force: true })
  })
  return place
}

/** The folder of the test's files, and how many databases it has been given. */
let dir = ''
let given = 0

/** The URL of one more empty database, which is the test's own until it ends. */
export function anotherDatabase(): Promise<string> {
  return nextDatabase('')
}

/** `schema` runs where the tables may be those of the test before; elsewhere it is left to the caller. */
async function nextDatabase(schema: string): Promise<string> {
  given++
  if (vendor === 'sqlite') return `sqlite:${join(dir, `db${given}.sqlite3`)}`
  return postgresDatabase(given, schema)
}

/** `sql` with its question marks as the database writes parameters. */
export function bound(sql: string): { readonly sql: string } {
  return { sql: operationsFor(vendor).finish(sql.replaceAll('?', placeholder)) }
}
