import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe } from 'vitest'
import { runDatabaseCases } from './database-cases.ts'

const folder = mkdtempSync(join(tmpdir(), 'nuages-cache-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a table of SQLite', () => {
  runDatabaseCases(() => `sqlite:${join(folder, 'cache.sqlite3')}`)
})
