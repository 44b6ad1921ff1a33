import type { Row } from '../models/row.ts'
import type { Query } from '../query/query.ts'

/** How a relation to many rows is read and changed: by a foreign key of the others, or by a table of pairs. */
export interface RelatedRows {
  /** The rows related to the one with this key. */
  query(key: unknown): Query
  add(row: Row, keys: readonly unknown[], given: readonly unknown[]): Promise<unknown>
  remove(row: Row, keys: readonly unknown[]): Promise<unknown>
  clear(row: Row): Promise<unknown>
  set(row: Row, keys: readonly unknown[], given: readonly unknown[]): Promise<unknown>
  create(row: Row, values: object, insert: (values: object) => Promise<unknown>): Promise<unknown>
}
