import { createRequire } from 'node:module'
import type Sqlite from 'better-sqlite3'

const require = createRequire(import.meta.url)

/**
 * Opens a file with better-sqlite3, which never waits for a lock. The driver is loaded with the first file: many commands open none,
 * and a project on another database has none.
 */
export function openDriver(path: string): Sqlite.Database {
  const Driver = require('better-sqlite3') as typeof Sqlite
  return new Driver(path, { timeout: 0 })
}
