/** A column as it stands in a database, without what only the ORM knows. Keys marked `?:` are absent where there is nothing. */
export interface ColumnSchema {
  readonly name: string
  /** As in `CREATE TABLE`: `'varchar(200)'`. */
  readonly type: string
  readonly null: boolean
  /** Of a key of several columns, each says so, in the order of the columns. */
  readonly primaryKey: boolean
  /** Numbered by the database. */
  readonly autoIncrement: boolean
  readonly unique: boolean
  /** The condition of a CHECK, in SQL. */
  readonly check?: string | undefined
  /** Where its values lead to; with `notValid` those that were there when the key came may lead nowhere. */
  readonly references?: { readonly table: string; readonly column: string; readonly notValid?: true } | undefined
  /** The expression of its DEFAULT, in SQL. */
  readonly default?: string
  /** Computed by the database of other columns of the row, by this SQL. */
  readonly generated?: { readonly sql: string; readonly stored: boolean }
  /** How text is compared and ordered, where it is not the database's own way: `'NOCASE'`, `'de-x-icu'`. */
  readonly collation?: string
  /** What the database tells people of it; only where it can keep one. */
  readonly comment?: string
}

export interface IndexColumn {
  /** The column's name, or the SQL of an expression. */
  readonly name: string
  /** `name` is the SQL of an expression. */
  readonly isExpression?: true
  readonly descending: boolean
  /** Which comparisons the index answers, where it is not the usual one of the column's type: `'varchar_pattern_ops'`. */
  readonly opclass?: string
}

export interface IndexSchema {
  readonly name: string
  readonly columns: readonly IndexColumn[]
  readonly unique: boolean
  /** In SQL: only rows for which it holds are in the index. */
  readonly condition?: string
  /** Columns that it gives without being ordered by them. */
  readonly include?: readonly string[]
  /** The kind of index, where it is not the usual one: `'gin'`. */
  readonly using?: string
  /** Of a unique one: rows with NULL are equal too. */
  readonly nullsDistinct?: false
}

/** A constraint of the table that is no column's own. One with a condition, expressions or more columns is a unique index. */
export interface UniqueSchema {
  /** `''` where it has none, which SQLite alone allows. */
  readonly name: string
  readonly columns: readonly string[]
  /** Checked when the transaction ends, or at each statement until the transaction says otherwise. */
  readonly deferrable?: 'deferred' | 'immediate'
  /** Rows with NULL are equal too. */
  readonly nullsDistinct?: false
}

/** A condition that every row must meet. */
export interface CheckSchema {
  /** `''` where it has none, which SQLite alone allows. */
  readonly name: string
  readonly sql: string
  /** Rows that were there when it came may break it: PostgreSQL's NOT VALID. */
  readonly notValid?: true
}

/** No two rows may be so related: for every part the operator is true of the two. PostgreSQL's EXCLUDE. */
export interface ExclusionSchema {
  readonly name: string
  /** `'gist'`, `'spgist'` */
  readonly using: string
  /** An expression in SQL, and the operator between those of two rows: `'&&'`. */
  readonly parts: readonly { readonly sql: string; readonly operator: string; readonly opclass?: string }[]
  readonly condition?: string
  readonly include?: readonly string[]
  readonly deferrable?: 'deferred' | 'immediate'
}

/** A table as it stands in a database: what models are turned into, and what introspection reads. */
export interface TableSchema {
  readonly name: string
  readonly columns: readonly ColumnSchema[]
  readonly indexes: readonly IndexSchema[]
  readonly uniques: readonly UniqueSchema[]
  readonly checks: readonly CheckSchema[]
  readonly exclusions: readonly ExclusionSchema[]
  readonly comment?: string
}
