/** A column as it stands in a database, without what only the ORM knows. */
export interface ColumnSchema {
  readonly name: string
  /** As in `CREATE TABLE`: `'varchar(200)'`. */
  readonly type: string
  readonly null: boolean
  readonly primaryKey: boolean
  /** Numbered by the database. */
  readonly autoIncrement: boolean
  readonly unique: boolean
  /** The condition of a CHECK, in SQL. */
  readonly check?: string | undefined
  readonly references?: { readonly table: string; readonly column: string } | undefined
}

export interface IndexColumn {
  readonly name: string
  readonly descending: boolean
  /** Which comparisons the index answers, where it is not the usual one of the column's type: `'varchar_pattern_ops'`. */
  readonly opclass?: string
}

export interface IndexSchema {
  readonly name: string
  readonly columns: readonly IndexColumn[]
  readonly unique: boolean
}

/** A constraint of the table that is no column's own. */
export interface UniqueSchema {
  readonly name: string
  readonly columns: readonly string[]
}

/** A table as it stands in a database: what models are turned into, and what introspection reads. */
export interface TableSchema {
  readonly name: string
  readonly columns: readonly ColumnSchema[]
  readonly indexes: readonly IndexSchema[]
  readonly uniques: readonly UniqueSchema[]
}
