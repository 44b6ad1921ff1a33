import type { FunctionSql } from '../../query/expressions/sql-function.ts'
import { sql } from '../../query/fragment.ts'

/** Moments are text and durations microseconds, so that a function of ours counts. */
function moved(by: 'add' | 'subtract'): FunctionSql {
  return ({ args, fields }) => {
    const [moment, length] = fields[0]!.kind === 'duration' ? [args[1]!, args[0]!] : [args[0]!, args[1]!]
    return by === 'add' ? sql`nuages_moved(${moment}, ${length})` : sql`nuages_moved(${moment}, -(${length}))`
  }
}

/** Functions that SQLite writes in its own way, by id. */
export const sqliteFunctions: Readonly<Record<string, FunctionSql>> = {
  'operator:power': ({ args: [base, exponent] }) => sql`POWER(${base!}, ${exponent!})`,
  'operator:bitxor': ({ args: [left, right] }) => sql`((${left!} | ${right!}) - (${left!} & ${right!}))`,
  'duration:add': moved('add'),
  'duration:subtract': moved('subtract'),
  'duration:between': ({ args: [end, start] }) => sql`nuages_between(${end!}, ${start!})`,
}
