import { currentTimeZone } from '@nuages/i18n'
import type { FieldKind } from '../../fields/field.ts'
import type { DatePeriod } from '../../lookups/date-period.ts'
import type { Operator } from '../../lookups/lookup.ts'
import type { TransformName } from '../../lookups/transform.ts'
import type { SqlValue } from '../database.ts'
import { NotSupportedError } from '../errors.ts'
import { onConflictClause } from '../on-conflict.ts'
import { type ComparisonInput, type ComparisonSql, type Operations, placeholder } from '../operations.ts'
import { sqliteDeferredChecks } from './deferred-checks.ts'
import { sqliteFunctions } from './functions-sql.ts'
import { quoteName, quoteValue } from './quote.ts'
import { searchSql } from './search-sql.ts'

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

function comparison(input: ComparisonInput): ComparisonSql {
  const { operator, kind, count, rhs = new Array<string>(count).fill(placeholder) } = input
  // Only a column, or a cast, makes a number of the text that a decimal is bound as.
  const lhs = input.computed && kind === 'decimal' ? `CAST(${input.lhs} AS NUMERIC)` : input.lhs
  const symbol = symbols[operator]
  if (symbol) return { sql: `${lhs} ${symbol} ${rhs[0]}` }
  switch (operator) {
    case 'in':
      if (kind === 'integer' && !input.rhs && !input.computed && count >= longList) return inNumbers(lhs)
      return { sql: `${lhs} IN (${rhs.join(', ')})` }
    case 'range':
      return { sql: `${lhs} BETWEEN ${rhs[0]} AND ${rhs[1]}` }
    case 'isnull':
      return { sql: `${lhs} IS NULL` }
    case 'notnull':
      return { sql: `${lhs} IS NOT NULL` }
    case 'never':
      return { sql: '0 = 1' }
    case 'regex':
      return { sql: `nuages_regexp(${lhs}, ${rhs[0]})` }
    case 'iregex':
      return { sql: `nuages_iregexp(${lhs}, ${rhs[0]})` }
    default:
      return input.rhs ? computedPattern(operator, lhs, rhs[0]!) : pattern(input)
  }
}

/** From so many values on, to bind them one by one takes longer than to read them from one text. */
const longList = 32

/** The column compares numbers with numbers, as it does where each is a parameter. */
function inNumbers(lhs: string): ComparisonSql {
  return {
    sql: `${lhs} IN (SELECT value FROM json_each(${placeholder}))`,
    list: (values) => `[${values.join(',')}]`,
  }
}

function pattern({ operator, lhs, kind, folded }: ComparisonInput): ComparisonSql {
  const write = patterns[operator]!
  // The column holds the 32 digits of a UUID; with hyphens between them, a part of one means the same.
  const map = kind === 'uuid' ? (value: SqlValue) => write(String(value).replaceAll('-', '')) : write
  if (caseful.has(operator)) return { sql: `${lhs} GLOB ${placeholder}`, map }
  if (!folded) return { sql: `${lhs} LIKE ${placeholder} ESCAPE '\\'`, map }
  return {
    sql: `nuages_fold(${lhs}) LIKE ${placeholder} ESCAPE '\\'`,
    map: (value) => String(map(value)).toLowerCase(),
  }
}

const caseful: ReadonlySet<Operator> = new Set(['contains', 'startswith', 'endswith'])
const openStart = new Set<Operator>(['contains', 'icontains', 'endswith', 'iendswith'])
const openEnd = new Set<Operator>(['contains', 'icontains', 'startswith', 'istartswith'])

/** A pattern that is made of a value which only the database knows. */
function computedPattern(operator: Operator, lhs: string, value: string): ComparisonSql {
  const isGlob = caseful.has(operator)
  const any = isGlob ? "'*'" : "'%'"
  const special = isGlob ? ['[', '*', '?'] : ['\\', '%', '_']
  const escaped = special.reduce(
    (sql, character) => `replace(${sql}, '${character}', '${isGlob ? `[${character}]` : `\\${character}`}')`,
    isGlob ? value : `nuages_fold(${value})`,
  )
  const parts = [...(openStart.has(operator) ? [any] : []), escaped, ...(openEnd.has(operator) ? [any] : [])]
  if (isGlob) return { sql: `${lhs} GLOB (${parts.join(' || ')})` }
  return { sql: `nuages_fold(${lhs}) LIKE (${parts.join(' || ')}) ESCAPE '\\'` }
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

/** Numbers cross to the driver as floats, so that whole ones must be told from others; decimals cross as text. */
const casts: Partial<Record<FieldKind, string>> = {
  boolean: 'INTEGER',
  integer: 'INTEGER',
  bigint: 'INTEGER',
  duration: 'INTEGER',
  decimal: 'NUMERIC',
}

function typed(kind: FieldKind, sql: string): string {
  const cast = casts[kind]
  return cast === undefined ? sql : `CAST(${sql} AS ${cast})`
}

function finish(sql: string): string {
  return sql.replaceAll(placeholder, '?')
}

function limit(count: number | undefined, hasOffset: boolean): string {
  if (count === undefined && !hasOffset) return ''
  return ` LIMIT ${count ?? -1}${hasOffset ? ` OFFSET ${placeholder}` : ''}`
}

function explain(options: Readonly<Record<string, string | boolean>>): string {
  const [option] = Object.keys(options)
  if (option === undefined) return 'EXPLAIN QUERY PLAN '
  throw new NotSupportedError(`explain() takes no option '${option}' on SQLite, whose plans have one form.`)
}

/** SQLite's dialect. */
export const sqliteOperations: Operations = {
  quote: quoteName,
  literal: quoteValue,
  comparison,
  search: searchSql,
  wordsOf: undefined,
  vendor: 'sqlite',
  functions: sqliteFunctions,
  typed,
  assigned: (_kind, sql) => sql,
  aggregated: (_name, sql) => sql,
  extract,
  truncate,
  timeZone: (name = currentTimeZone()) => name,
  limit,
  distinctOn() {
    throw new NotSupportedError(
      'distinct() with names keeps the first row of each set, which SQLite cannot. Use values() and an aggregate, or PostgreSQL.',
    )
  },
  // A transaction that means to write has the whole file to itself.
  lock: () => '',
  onConflict: (conflict) => onConflictClause(conflict, quoteName),
  explain,
  deferredChecks: sqliteDeferredChecks,
  random: 'RANDOM()',
  tellsInsertedKey: true,
  finish,
  finishQuery: ({ sql, binds }) => ({ sql: finish(sql), binds }),
}
