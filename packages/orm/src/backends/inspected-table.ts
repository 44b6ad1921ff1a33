import type { TableSchema } from './schema.ts'

/** What stands under a name in a database. A table that is cut into partitions is one, and each part of it another. */
export type TableKind = 'table' | 'partition' | 'view' | 'materialized view' | 'foreign table'

/** A foreign key as a database has it. A model has those of one column that lead to a primary key. */
export interface KeySchema {
  readonly columns: readonly string[]
  /** With its schema where its name alone does not lead to it: `'billing.account'`. */
  readonly table: string
  readonly targets: readonly string[]
  /** What the database itself does when the row that it leads to is deleted, where it does anything: `'CASCADE'`. */
  readonly onDelete?: string
}

/** What is known of a column beside its schema. */
export interface ColumnFacts {
  /** The values of an enumerated type, in order. */
  readonly values?: readonly string[]
  /** The type that one of the database's own making is of: `'varchar(20)'` for a domain. */
  readonly base?: string
  /** For people: `'GENERATED ALWAYS AS IDENTITY'`. */
  readonly remark?: string
}

/** A table with what models do not say: what `inspectdb` reads. */
export interface InspectedTable {
  readonly kind: TableKind
  readonly schema: TableSchema
  /** The columns of the primary key, in its order. */
  readonly key: readonly string[]
  readonly foreignKeys: readonly KeySchema[]
  /** By the names of columns; those with nothing to tell are left out. */
  readonly facts: ReadonlyMap<string, ColumnFacts>
  /** For people: `'WITHOUT ROWID'`, `'partitioned by RANGE (day)'`. */
  readonly remarks: readonly string[]
}

export interface InspectOptions {
  /** Views too, materialized ones among them. */
  readonly views?: boolean
  /** The parts of tables that are cut into partitions too. */
  readonly partitions?: boolean
}
