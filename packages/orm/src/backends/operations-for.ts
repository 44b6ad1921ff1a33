import type { Vendor } from './database.ts'
import { backendOf } from './known-backends.ts'
import type { Operations } from './operations.ts'

/** The dialect of a database. */
export function operationsFor(vendor: Vendor): Operations {
  return backendOf(vendor).operations
}
