import type { TableSchema } from './schema.ts'
import type { RawRow, SqlValue } from './statement.ts'

export interface TableChange {
  /** Columns that only change their name: old to new. */
  readonly renamed?: ReadonlyMap<string, string>
  /** By new name: what existing rows get in a column that is new, or that held NULL and no longer may. */
  readonly fill?: ReadonlyMap<string, SqlValue>
}

/** A change beside the traffic. */
export interface ConcurrentChange extends TableChange {
  /** Whether the SQL is only shown: then what stands of it already is not left out. */
  readonly shown?: boolean
}

/** Changes tables. What a step cannot do in place the backend does its own way, keeping the rows. */
export interface SchemaEditor {
  createTable(table: TableSchema): Promise<void>
  dropTable(table: TableSchema): Promise<void>
  /** Makes the table `before` into `after`, its name included. */
  alterTable(before: TableSchema, after: TableSchema, change?: TableChange): Promise<void>
  /** Runs SQL as it is: one statement or several. */
  run(sql: string): Promise<void>
  /** Tells that rows were written in the transaction without the editor: a database may have checks open, which it settles first. */
  rowsChanged?(): void
  /**
   * `alterTable` outside of a transaction, so that others read and write meanwhile; stopped halfway, it is run again. A backend
   * without it has `alterTable` called.
   */
  alterTableConcurrently?(before: TableSchema, after: TableSchema, change?: ConcurrentChange): Promise<void>
  /** Adds the checks that `after` has and `before` has not, for rows that are written from now on. As above where left out. */
  addChecksNotValid?(before: TableSchema, after: TableSchema): Promise<void>
  /**
   * Takes all rows out of tables at once, whatever points to what among them, and lets the numbers of their keys begin anew. A
   * backend without it has its tables emptied one by one.
   */
  emptyTables?(tables: readonly string[]): Promise<void>
  /** Looks at the rows that were there before a constraint. Left out where every constraint binds all rows. */
  validateConstraint?(table: string, name: string): Promise<void>
}

/** Where a schema editor sends its SQL and asks for what stands: a database, or a recorder that prints. */
export interface SchemaTarget {
  run(sql: string): Promise<void>
  all(sql: string, params: readonly SqlValue[]): Promise<RawRow[]>
}
