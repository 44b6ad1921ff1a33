import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, inject } from 'vitest'
import { placeholder } from '../src/backends/operations.ts'
import { operationsFor } from '../src/backends/operations-for.ts'
import { closeDatabases, configureDatabases, database } from '../src/backends/registry.ts'
import { query, type TestServer } from './postgres-server.ts'

/** The database that this run of the tests is about: each test runs on every one. */
export const vendor: 'sqlite' | 'postgresql' = process.env.NUAGES_TEST_VENDOR === 'postgresql' ? 'postgresql' : 'sqlite'

export interface TemporaryDatabase {
  /** An empty folder. */
  readonly dir: string
  /** The URL of `default`. */
  readonly url: string
}

/** Gives every test of the file an empty database as `default`; `schema` runs on it first. */
export function useTemporaryDatabase(schema = ''): TemporaryDatabase {
  const place = { dir: '', url: '' }
  beforeEach(async (context) => {
    place.dir = mkdtempSync(join(tmpdir(), 'nuages-orm-'))
    const server = vendor === 'postgresql' ? inject('postgres') : undefined
    if (server !== undefined && 'absent' in server) context.skip(server.absent)
    given = 0
    dir = place.dir
    place.url = await anotherDatabase()
    configureDatabases({ default: place.url })
    if (schema !== '') await database().script(schema)
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
export async function anotherDatabase(): Promise<string> {
  given++
  if (vendor === 'sqlite') return `sqlite:${join(dir, `db${given}.sqlite3`)}`
  const known = made.get(given)
  if (known !== undefined) {
    // What a test has left open would hold its tables.
    await query(known, emptied)
    return known
  }
  const url = await makeDatabase(inject('postgres'), given)
  made.set(given, url)
  return url
}

/** By number: the databases that this worker's tests use one after the other. */
const made = new Map<number, string>()

const emptied = `
  SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid();
  DROP SCHEMA public CASCADE;
  CREATE SCHEMA public`

async function makeDatabase(server: TestServer, number: number): Promise<string> {
  if ('absent' in server) throw new Error(server.absent)
  const database = `${server.prefix}${process.env.VITEST_POOL_ID ?? process.pid}_${number}`
  const url = new URL(server.url)
  url.pathname = `/${database}`
  await query(server.url, `DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`)
  await query(server.url, `CREATE DATABASE "${database}" TEMPLATE template0 ENCODING 'UTF8'`)
  await query(server.url, `ALTER DATABASE "${database}" SET synchronous_commit = off`)
  return url.href
}

/** `sql` with its question marks as the database writes parameters. */
export function bound(sql: string): { readonly sql: string } {
  return { sql: operationsFor(vendor).finish(sql.replaceAll('?', placeholder)) }
}
