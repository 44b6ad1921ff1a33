import type { FunctionSql } from '../../query/expressions/sql-function.ts'
import { type Fragment, sql } from '../../query/fragment.ts'

type Period = 'year' | 'quarter' | 'month' | 'week' | 'day' | 'hour' | 'minute' | 'second'

/** Dates and times are text, which is cut: quicker than a call of ours for each row. */
const starts: Readonly<Record<Period, (text: Fragment) => Fragment>> = {
  year: (date) => sql`(SUBSTR(${date}, 1, 4) || '-01-01')`,
  // The first of the three months stands where the month's number says.
  quarter: (date) =>
    sql`(SUBSTR(${date}, 1, 5) || SUBSTR('010101040404070707101010', SUBSTR(${date}, 6, 2) * 2 - 1, 2) || '-01')`,
  month: (date) => sql`(SUBSTR(${date}, 1, 7) || '-01')`,
  week: (date) => sql`DATE(${date}, '-6 days', 'weekday 1')`,
  day: (date) => date,
  hour: (time) => sql`(SUBSTR(${time}, 1, 2) || ':00:00')`,
  minute: (time) => sql`(SUBSTR(${time}, 1, 5) || ':00')`,
  second: (time) => sql`SUBSTR(${time}, 1, 8)`,
}

function truncation(period: Period): FunctionSql {
  return ({ args: [value, zone], fields: [field] }) => {
    if (field!.kind !== 'dateTime') return starts[period](value!)
    return sql`nuages_trunc('${sql.raw(period)}', ${value!}, ${zone!})`
  }
}

/** The start of the period that a date, a time or a point in time is in. */
export const truncations: Readonly<Record<string, FunctionSql>> = Object.fromEntries(
  (Object.keys(starts) as Period[]).map((period) => [`trunc:${period}`, truncation(period)]),
)
