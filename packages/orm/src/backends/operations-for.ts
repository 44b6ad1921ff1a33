import { ImproperlyConfigured } from '@nuages/foundation'
import type { Database } from './database.ts'
import type { Operations } from './operations.ts'
import { sqliteOperations } from './sqlite/operations.ts'

/** The dialect of a database. */
export function operationsFor(vendor: Database['vendor']): Operations {
  if (vendor === 'sqlite') return sqliteOperations
  throw new ImproperlyConfigured(`There is no query dialect for '${vendor}'.`)
}
