import { currentTimeZone } from '@nuages/i18n'
import type { FieldKind } from '../../fields/field.ts'
import type { DatePeriod } from '../../lookups/date-period.ts'
import type { TransformName } from '../../lookups/transform.ts'
import { type Bind, type Fragment, sql } from '../../query/fragment.ts'
import { onConflictClause } from '../on-conflict.ts'
import { type Operations, placeholder, type RowLock } from '../operations.ts'
import { comparison } from './comparison.ts'
import { continueNumbers } from './continue-numbers.ts'
import { postgresDeferredChecks } from './deferred-checks.ts'
import { explain } from './explain.ts'
import { postgresFunctions } from './functions-sql.ts'
import { quoteName, quoteValue } from './quote.ts'
import { typed } from './value-type.ts'

/** An index answers a search only where it is of the same expression. */
function wordsOf(text: Fragment): Fragment {
  return sql`TO_TSVECTOR('simple', COALESCE(${text}, ''))`
}

/** The zone stands in the statement's parameters, so that one statement serves all of them. */
function local(lhs: string, kind: FieldKind): { sql: string; zoned: boolean } {
  const zoned = kind === 'dateTime'
  return { sql: zoned ? `(${lhs} AT TIME ZONE ${placeholder}::text)` : lhs, zoned }
}

const parts: Partial<Record<TransformName, (lhs: string) => string>> = {
  isoYear: (lhs) => `EXTRACT(ISOYEAR FROM ${lhs})::integer`,
  // Django's week_day: Sunday is 1.
  weekDay: (lhs) => `(EXTRACT(DOW FROM ${lhs})::integer + 1)`,
  isoWeekDay: (lhs) => `EXTRACT(ISODOW FROM ${lhs})::integer`,
  // Seconds come with their fraction, which a cast would round.
  second: (lhs) => `TRUNC(EXTRACT(SECOND FROM ${lhs}))::integer`,
  date: (lhs) => `${lhs}::date`,
  time: (lhs) => `${lhs}::time`,
}

function extract(part: TransformName, lhs: string, kind: FieldKind): { sql: string; zoned: boolean } {
  const { sql, zoned } = local(lhs, kind)
  const write = parts[part] ?? ((own: string) => `EXTRACT(${part.toUpperCase()} FROM ${own})::integer`)
  return { sql: write(sql), zoned }
}

/** The last days that periods begin with in the years that columns hold. The first is a Monday, the first of January. */
const lastStarts: Readonly<Record<DatePeriod, string>> = {
  year: '9999-01-01',
  month: '9999-12-01',
  week: '9999-12-27',
  day: '9999-12-31',
}

function truncate(period: DatePeriod, lhs: string, kind: FieldKind): { sql: string; zoned: boolean } {
  const { sql, zoned } = local(lhs, kind)
  const start = period === 'day' ? `${sql}::date` : `DATE_TRUNC('${period}', ${sql})::date`
  // The moment that stands for never is in the year 10000 of zones in the east.
  return { sql: zoned ? `GREATEST(LEAST(${start}, '${lastStarts[period]}'::date), '0001-01-01'::date)` : start, zoned }
}

/** PostgreSQL counts offsets westwards, as POSIX does. */
function timeZone(zone = currentTimeZone()): string {
  if (zone.startsWith('+')) return `-${zone.slice(1)}`
  return zone.startsWith('-') ? `+${zone.slice(1)}` : zone
}

/** Averages and sums of whole numbers are `numeric`, which would be read as text. */
function aggregated(name: string, sql: string, output: FieldKind): string {
  if (name === 'ANY_VALUE' && sql.startsWith('ARRAY_AGG')) return `(${sql})[1]`
  if (output === 'float') return `(${sql})::double precision`
  return output === 'integer' && name === 'SUM' ? `(${sql})::bigint` : sql
}

function limit(count: number | undefined, hasOffset: boolean): string {
  return `${count === undefined ? '' : ` LIMIT ${count}`}${hasOffset ? ` OFFSET ${placeholder}` : ''}`
}

const whenLocked = { wait: '', nowait: ' NOWAIT', skip: ' SKIP LOCKED' }

function lock({ noKey = false, of, locked = 'wait' }: RowLock): string {
  const tables = of.length === 0 ? '' : ` OF ${of.join(', ')}`
  return ` FOR ${noKey ? 'NO KEY ' : ''}UPDATE${tables}${whenLocked[locked]}`
}

function finish(sql: string): string {
  let count = 0
  return sql.replaceAll(placeholder, () => {
    count += 1
    return `$${count}`
  })
}

/** Equal values are one parameter, so that an expression is the same text in SELECT and in GROUP BY. */
function finishQuery({ sql, binds }: Fragment): Fragment {
  const kept: Bind[] = []
  let at = 0
  const text = sql.replaceAll(placeholder, () => {
    const bind = binds[at++]!
    let index = kept.findIndex((other) => isSame(other, bind))
    if (index < 0) index = kept.push(bind) - 1
    return `$${index + 1}`
  })
  return { sql: text, binds: kept }
}

function isSame(a: Bind, b: Bind): boolean {
  if ('value' in a) return 'value' in b && a.value === b.value
  if ('list' in a || !('map' in b)) return false
  return 'map' in a && a.at === b.at && a.map === b.map
}

/** PostgreSQL's dialect. */
export const postgresOperations: Operations = {
  vendor: 'postgresql',
  functions: postgresFunctions,
  quote: quoteName,
  // In quotes, so that what stands beside it says what it is: 1 may be a number or true.
  literal: (value) => quoteValue(value, 'text'),
  comparison,
  search: ({ text, words }) => sql`(${wordsOf(text)} @@ PLAINTO_TSQUERY('simple', (${words})::text))`,
  wordsOf,
  typed,
  assigned: (kind, sql) => (kind === 'duration' ? typed(kind, sql) : sql),
  aggregated,
  extract,
  truncate,
  timeZone,
  limit,
  distinctOn: (columns) => `DISTINCT ON (${columns.join(', ')}) `,
  lock,
  onConflict: (conflict) => onConflictClause(conflict, quoteName),
  explain,
  deferredChecks: postgresDeferredChecks,
  continueNumbers,
  random: 'RANDOM()',
  tellsInsertedKey: false,
  finish,
  finishQuery,
}
