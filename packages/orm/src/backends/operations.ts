import type { FieldKind } from '../fields/field.ts'
import type { DatePeriod } from '../lookups/date-period.ts'
import type { Operator } from '../lookups/lookup.ts'
import type { TransformName } from '../lookups/transform.ts'
import type { FunctionSql } from '../query/expressions/sql-function.ts'
import type { Fragment } from '../query/fragment.ts'
import type { SqlValue, Vendor } from './database.ts'

/** Stands for a bound value while SQL is put together: a backend's `finish` turns it into its own. */
export const placeholder = '\u0001'

/** A left side and what it is compared with: bound values, or SQL of their own. */
export interface ComparisonInput {
  readonly operator: Operator
  readonly lhs: string
  /** `lhs` is no column, whose type a dialect could go by. */
  readonly computed?: boolean
  /** What `lhs` holds. */
  readonly kind: FieldKind
  /** How many values it is compared with. */
  readonly count: number
  /** The text has letters beyond ASCII, whose case not every database folds by itself. */
  readonly folded: boolean
  /** The SQL of the values where they are computed; without it each is a placeholder. */
  readonly rhs?: readonly string[]
}

/** How a dialect writes a comparison, and how it wants each value of it. Placeholders of `lhs` come before those of values. */
export interface ComparisonSql {
  readonly sql: string
  readonly map?: (value: SqlValue) => SqlValue
  /** Makes one parameter of all values, where the dialect takes a list as one: its text is the same for any length. */
  readonly list?: (values: readonly SqlValue[]) => SqlValue
}

/** Words that are looked for in a text; `index` where the database keeps those of the column. */
export interface SearchInput {
  readonly text: Fragment
  readonly words: Fragment
  readonly index?: { readonly name: string; readonly column: string; readonly key: Fragment }
}

/** Rows that a SELECT locks until its transaction ends. Django's `select_for_update`. */
export interface RowLock {
  /** Lets others insert rows that point to the locked ones. Django's `no_key`. */
  readonly noKey?: boolean
  /** Quoted aliases of the tables whose rows are locked; all of the query when it is empty. */
  readonly of: readonly string[]
  /** What to do about rows that others have locked: wait, fail at once, or leave them out. */
  readonly locked?: 'wait' | 'nowait' | 'skip'
}

/** What to do where a row that is inserted breaks a unique constraint. Names are those of columns, unquoted. */
export type OnConflict =
  | { readonly action: 'ignore' }
  | { readonly action: 'update'; readonly unique: readonly string[]; readonly columns: readonly string[] }

/** How the checks of foreign keys are put off to the end of a transaction. */
export interface DeferredChecks {
  /** Puts them off, in the transaction that is open. */
  readonly begin: string
  /** Makes them: each statement fails, or gives a row, where a row of one of these tables points nowhere. */
  end(tables: readonly string[]): readonly string[]
}

/** What differs between databases in the SQL of queries. */
export interface Operations {
  readonly vendor: Vendor
  /** How this dialect writes functions, by their `id`, where it is not `NAME(a, b)`. */
  readonly functions: Readonly<Record<string, FunctionSql>>
  quote(name: string): string
  /** A value where SQL takes no parameters: in the condition of an index or a constraint. */
  literal(value: SqlValue): string
  comparison(input: ComparisonInput): ComparisonSql
  /** Whether a text has all of some words. */
  search(input: SearchInput): Fragment
  /** The words of a column as an expression that an index may be of; `undefined` where they are kept in another way. */
  readonly wordsOf: ((text: Fragment) => Fragment) | undefined
  /** A value where nothing around it tells what type it has: in a select list, in CASE, as an argument of a function. */
  typed(kind: FieldKind, sql: string): string
  /** A value that is written to a column of that kind. */
  assigned(kind: FieldKind, sql: string): string
  /** The call of an aggregate (`name` in capitals), as a value that is read like one of `output`. */
  aggregated(name: string, sql: string, output: FieldKind): string
  /** A part of a date or time. `zoned` says that `timeZone` is bound after `lhs`, by one placeholder in the result. */
  extract(part: TransformName, lhs: string, kind: FieldKind): { readonly sql: string; readonly zoned: boolean }
  /** The first day of the period that a date or a point in time is in. `zoned` as for `extract`. */
  truncate(period: DatePeriod, lhs: string, kind: FieldKind): { readonly sql: string; readonly zoned: boolean }
  /** A time zone, the active one unless told, as the dialect's functions take it. */
  timeZone(name?: string): SqlValue
  /**
   * The clause that cuts a result. How many rows stands in the text, since SQLite prepares a statement anew whenever a bound
   * LIMIT is bound; how many to skip is one placeholder.
   */
  limit(count: number | undefined, hasOffset: boolean): string
  /** What follows SELECT for the first row of each set of equal `columns`. Throws `NotSupportedError` where there is no such thing. */
  distinctOn(columns: readonly string[]): string
  /** The clause at the end of a SELECT that locks its rows; nothing where writers lock the whole database anyway. */
  lock(lock: RowLock): string
  /** The clause at the end of an INSERT. */
  onConflict(conflict: OnConflict): string
  /** What stands before a statement whose plan is asked for. Throws `NotSupportedError` for what the database cannot tell. */
  explain(options: Readonly<Record<string, string | boolean>>): string
  /** Left out where foreign keys cannot be checked later. */
  readonly deferredChecks?: DeferredChecks
  /**
   * SQL that lets the numbers which a column gives to new rows go on behind those that it holds. Left out where a number that was
   * written counts by itself.
   */
  continueNumbers?(table: string, column: string): string
  readonly random: string
  /** Whether `run` tells the key of the row it inserted. */
  readonly tellsInsertedKey: boolean
  /** The final text of a statement. */
  finish(sql: string): string
  /** The same of a query, with what its parameters are bound to: a dialect that numbers them may bind equal ones once. */
  finishQuery(query: Fragment): Fragment
}
