import type { DeferredChecks } from '../operations.ts'
import { quoteValue } from './quote.ts'

/** SQLite makes the checks by itself when it commits, without telling which row is wrong. */
export const sqliteDeferredChecks: DeferredChecks = {
  begin: 'PRAGMA defer_foreign_keys = ON',
  end: (tables) => tables.map((table) => `SELECT 1 FROM pragma_foreign_key_check(${quoteValue(table)}) LIMIT 1`),
}
