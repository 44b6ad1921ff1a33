import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { closeDatabases, configureDatabases, database } from '../src/backends/registry.ts'

/** Gives every test of the file a new SQLite file as `default`; `schema` runs on it first. */
export function useTemporaryDatabase(schema = ''): { readonly dir: string; readonly path: string } {
  const place = { dir: '', path: '' }
  beforeEach(async () => {
    place.dir = mkdtempSync(join(tmpdir(), 'nuages-orm-'))
    place.path = join(place.dir, 'db.sqlite3')
    configureDatabases({ default: `sqlite:${place.path}` })
    if (schema !== '') await database().script(schema)
  })
  afterEach(async () => {
    await closeDatabases()
    rmSync(place.dir, { recursive: true, force: true })
  })
  return place
}
