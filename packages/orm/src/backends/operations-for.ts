import { ImproperlyConfigured } from '@nuages/foundation'
import type { Database } from './database.ts'
import type { Operations } from './operations.ts'
import { postgresOperations } from './postgres/operations.ts'
import { sqliteOperations } from './sqlite/operations.ts'

/** The dialect of a database. */
export function operationsFor(vendor: Database['vendor']): Operations {
  if (vendor === 'sqlite') return sqliteOperations
  if (vendor === 'postgresql') return postgresOperations
  throw new ImproperlyConfigured(`There is no query dialect for '${String(vendor)}'.`)
}
