import type { FieldKind } from '../../fields/field.ts'
import type { DatePeriod } from '../../lookups/date-period.ts'
import type { Operator } from '../../lookups/lookup.ts'
import type { TransformName } from '../../lookups/transform.ts'
import type { SqlValue } from '../database.ts'
import { type ComparisonSql, type Operations, placeholder } from '../operations.ts'
import { quoteName } from './quote.ts'

const symbols: Partial<Record<Operator, string>> = { exact: '=', gt: '>', gte: '>=', lt: '<', lte: '<=' }

function escapeLike(value: SqlValue): string {
  return String(value).replace(/[\\%_]/g, '\\$&')
}

/** GLOB minds case and LIKE does not, in SQLite: `contains` is the one, `icontains` the other. */
function escapeGlob(value: SqlValue): string {
  return String(value).replace(/[[*?]/g, '[$&]')
}

const patterns: Partial<Record<Operator, (value: SqlValue) => SqlValue>> = {
  iexact: escapeLike,
  icontains: (value) => `%${escapeLike(value)}%`,
  istartswith: (value) => `${escapeLike(value)}%`,
  iendswith: (value) => `%${escapeLike(value)}`,
  contains: (value) => `*${escapeGlob(value)}*`,
  startswith: (value) => `${escapeGlob(value)}*`,
  endswith: (value) => `*${escapeGlob(value)}`,
}

function comparison(operator: Operator, lhs: string, count: number, folded: boolean): ComparisonSql {
  const symbol = symbols[operator]
  if (symbol) return { sql: `${lhs} ${symbol} ${placeholder}` }
  switch (operator) {
    case 'in':
      return { sql: `${lhs} IN (${new Array(count).fill(placeholder).join(', ')})` }
    case 'range':
      return { sql: `${lhs} BETWEEN ${placeholder} AND ${placeholder}` }
    case 'isnull':
      return { sql: `${lhs} IS NULL` }
    case 'notnull':
      return { sql: `${lhs} IS NOT NULL` }
    case 'never':
      return { sql: '0 = 1' }
    case 'regex':
      return { sql: `nuages_regexp(${placeholder}, ${lhs})` }
    case 'iregex':
      return { sql: `nuages_iregexp(${placeholder}, ${lhs})` }
    case 'contains':
    case 'startswith':
    case 'endswith':
      return { sql: `${lhs} GLOB ${placeholder}`, map: patterns[operator]! }
    default: {
      const map = patterns[operator]!
      if (!folded) return { sql: `${lhs} LIKE ${placeholder} ESCAPE '\\'`, map }
      return {
        sql: `nuages_fold(${lhs}) LIKE ${placeholder} ESCAPE '\\'`,
        map: (value) => String(map(value)).toLowerCase(),
      }
    }
  }
}

function extract(part: TransformName, lhs: string, kind: FieldKind): { sql: string; zoned: boolean } {
  if (kind === 'dateTime') return { sql: `nuages_part('${part}', ${lhs}, ${placeholder})`, zoned: true }
  return { sql: `nuages_part('${part}', ${lhs}, NULL)`, zoned: false }
}

/** A date's text is cut, which is quicker than a call of ours for each row. */
const firstDays: Readonly<Record<DatePeriod, (lhs: string) => string>> = {
  year: (lhs) => `substr(${lhs}, 1, 4) || '-01-01'`,
  month: (lhs) => `substr(${lhs}, 1, 7) || '-01'`,
  week: (lhs) => `date(${lhs}, '-6 days', 'weekday 1')`,
  day: (lhs) => `substr(${lhs}, 1, 10)`,
}

function truncate(period: DatePeriod, lhs: string, kind: FieldKind): { sql: string; zoned: boolean } {
  if (kind !== 'dateTime') return { sql: firstDays[period](lhs), zoned: false }
  return { sql: `nuages_first_day('${period}', ${lhs}, ${placeholder})`, zoned: true }
}

function limit(count: number | undefined, hasOffset: boolean): string {
  if (count === undefined && !hasOffset) return ''
  return ` LIMIT ${count ?? -1}${hasOffset ? ` OFFSET ${placeholder}` : ''}`
}

/** SQLite's dialect. */
export const sqliteOperations: Operations = {
  quote: quoteName,
  comparison,
  extract,
  truncate,
  limit,
  random: 'RANDOM()',
  tellsInsertedKey: true,
  finish: (sql) => sql.replaceAll(placeholder, '?'),
}
