import type { Backend } from '../backend.ts'
import { sqliteOperations } from './operations.ts'
import { SqliteDatabase } from './sqlite-database.ts'
import { SqliteTestDatabase } from './sqlite-test-database.ts'
import { parseSqliteUrl, sqliteExample } from './sqlite-url.ts'
import { WriterLock } from './writer-lock.ts'

const writerLocks = new Map<string, WriterLock>()

/** A lock outlives a reconfiguration, since a transaction of the old one may still be ending. */
function writerLockOf(path: string): WriterLock {
  const lock = writerLocks.get(path) ?? new WriterLock(path)
  writerLocks.set(path, lock)
  return lock
}

export const sqliteBackend: Backend = {
  vendor: 'sqlite',
  schemes: ['sqlite'],
  example: sqliteExample,
  operations: sqliteOperations,
  testDatabase: async (place) => new SqliteTestDatabase(place),
  open({ alias, url, baseDir, fail }) {
    const { path, busyTimeout } = parseSqliteUrl(url, baseDir, fail)
    return new SqliteDatabase({ alias, path, busyTimeout, writerLock: writerLockOf(path) })
  },
}
