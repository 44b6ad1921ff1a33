import { resolve } from 'node:path'
import type { Backend } from '../../../src/backends/backend-kit.ts'
import { operations } from './operations.ts'
import { ThirdDatabase } from './third-database.ts'

/** `third:<file>`: SQLite by way of Node's own driver, as somebody outside the package would write a backend for it. */
export const thirdBackend: Backend = {
  vendor: 'third',
  schemes: ['third'],
  example: "'third:db.sqlite3'",
  operations,
  columnType(field) {
    if (field.factory === 'auto' || field.factory === 'bigAuto') return 'integer'
    return field.kind === 'boolean' ? 'tinyint(1)' : field.columnType('sqlite')
  },
  open({ alias, url, baseDir, fail }) {
    const path = url.slice('third:'.length)
    if (path === '') throw fail("'third:' names no file.")
    return new ThirdDatabase(alias, resolve(baseDir, path))
  },
}
