import type { Row } from '../models/row.ts'
import type { Query } from '../query/query.ts'

/** How the relations of a row are to be changed. */
export interface RelatedOptions {
  /** Over a foreign key: `false` saves each row by itself, with its signals, in place of one UPDATE for all. */
  readonly bulk?: boolean
  /** Over a table of pairs: further values of the rows there that are made; functions are called for them. */
  readonly throughDefaults?: Readonly<Record<string, unknown>>
}

export interface SetOptions extends RelatedOptions {
  /** Takes all out and puts all in, in place of what differs. */
  readonly clear?: boolean
}

/** How a relation to many rows is read and changed: by a foreign key of the others, or by a table of pairs. */
export interface RelatedRows {
  /** The rows related to the one with this key. */
  query(key: unknown): Query
  add(row: Row, keys: readonly unknown[], given: readonly unknown[], options: RelatedOptions): Promise<void>
  remove(row: Row, keys: readonly unknown[], given: readonly unknown[], options: RelatedOptions): Promise<void>
  clear(row: Row, options: RelatedOptions): Promise<void>
  set(row: Row, keys: readonly unknown[], given: readonly unknown[], options: SetOptions): Promise<void>
  create(
    row: Row,
    values: object,
    insert: (values: object) => Promise<unknown>,
    options: RelatedOptions,
  ): Promise<unknown>
}
