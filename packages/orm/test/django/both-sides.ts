import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { closeDatabases, configureDatabases } from '../../src/index.ts'
import { DjangoSide } from './django-side.ts'
import { loadData } from './load-data.ts'

/** One SQLite file with the data set, and both sides on it, for the tests of a file. */
export function useBothSides(): { readonly django: DjangoSide } {
  const sides = { dir: '', django: undefined as unknown as DjangoSide }
  beforeAll(async () => {
    sides.dir = mkdtempSync(join(tmpdir(), 'nuages-django-'))
    const path = join(sides.dir, 'db.sqlite3')
    configureDatabases({ default: `sqlite:${path}` })
    await loadData()
    sides.django = new DjangoSide(path)
  })
  afterAll(async () => {
    sides.django?.close()
    await closeDatabases()
    rmSync(sides.dir, { recursive: true, force: true })
  })
  return sides
}
