import type { FieldKind } from '../fields/field.ts'
import type { DatePeriod } from '../lookups/date-period.ts'
import type { Operator } from '../lookups/lookup.ts'
import type { TransformName } from '../lookups/transform.ts'
import type { SqlValue } from './database.ts'

/** Stands for a bound value while SQL is put together: a backend's `finish` turns it into its own. */
export const placeholder = '\u0001'

/** How a dialect writes a comparison, and how it wants each value of it. */
export interface ComparisonSql {
  readonly sql: string
  readonly map?: (value: SqlValue) => SqlValue
}

/** What differs between databases in the SQL of queries. */
export interface Operations {
  quote(name: string): string
  /** `lhs` compared with `count` placeholders. */
  comparison(operator: Operator, lhs: string, count: number, folded: boolean): ComparisonSql
  /** A part of a date or time. `zoned` says that the time zone is bound after `lhs`, by one placeholder in the result. */
  extract(part: TransformName, lhs: string, kind: FieldKind): { readonly sql: string; readonly zoned: boolean }
  /** The first day of the period that a date or a point in time is in. `zoned` as for `extract`. */
  truncate(period: DatePeriod, lhs: string, kind: FieldKind): { readonly sql: string; readonly zoned: boolean }
  /**
   * The clause that cuts a result. How many rows stands in the text, since SQLite prepares a statement anew whenever a bound
   * LIMIT is bound; how many to skip is one placeholder.
   */
  limit(count: number | undefined, hasOffset: boolean): string
  readonly random: string
  /** Whether `run` tells the key of the row it inserted. */
  readonly tellsInsertedKey: boolean
  /** The final text of a statement. */
  finish(sql: string): string
}
