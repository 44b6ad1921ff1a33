import type { FunctionSql } from '../../query/expressions/sql-function.ts'
import { sql } from '../../query/fragment.ts'

/** Functions that PostgreSQL writes in its own way, by id. */
export const postgresFunctions: Readonly<Record<string, FunctionSql>> = {
  'duration:add': ({ args: [left, right] }) => sql`(${left!} + ${right!})`,
  'duration:subtract': ({ args: [left, right] }) => sql`(${left!} - ${right!})`,
  // Two dates differ by a whole number, of days.
  'duration:between': ({ args: [end, start], fields: [field] }) =>
    field!.kind === 'date' ? sql`((${end!} - ${start!}) * interval '1 day')` : sql`(${end!} - ${start!})`,
}
