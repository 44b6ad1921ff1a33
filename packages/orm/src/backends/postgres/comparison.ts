import type { FieldKind } from '../../fields/field.ts'
import type { Operator } from '../../lookups/lookup.ts'
import { type ComparisonInput, type ComparisonSql, placeholder } from '../operations.ts'
import type { SqlValue } from '../statement.ts'
import { arrayLiteral } from './array-literal.ts'
import { secondsOf } from './interval.ts'
import { typed, valueType } from './value-type.ts'

const symbols: Partial<Record<Operator, string>> = { exact: '=', gt: '>', gte: '>=', lt: '<', lte: '<=' }

/** A comparison as Django's PostgreSQL backend writes it, save for lists, which are one parameter. */
export function comparison(input: ComparisonInput): ComparisonSql {
  const { operator, lhs, kind } = input
  const rhs = input.rhs ?? new Array<string>(input.count).fill(comparable(kind))
  const symbol = symbols[operator]
  if (symbol) return { sql: `${lhs} ${symbol} ${rhs[0]}`, ...searchedIn(kind) }
  switch (operator) {
    case 'in':
      // A list of lists has no literal of one parameter, since its lists may differ in length.
      return input.rhs || kind === 'array' ? { sql: `${lhs} IN (${rhs.join(', ')})` } : anyOf(lhs, kind)
    case 'range':
      return { sql: `${lhs} BETWEEN ${rhs[0]} AND ${rhs[1]}`, ...searchedIn(kind) }
    case 'isnull':
      return { sql: `${lhs} IS NULL` }
    case 'notnull':
      return { sql: `${lhs} IS NOT NULL` }
    case 'never':
      return { sql: 'FALSE' }
    case 'regex':
    case 'iregex':
      return { sql: `${textOf(lhs, kind)} ${operator === 'regex' ? '~' : '~*'} ${rhs[0]}`, map: searched }
    default:
      return pattern(input)
  }
}

/**
 * A number may be beyond the column's type, where SQLite finds no row and PostgreSQL would refuse the parameter: so it is
 * one of 64 bits, which an index of a smaller column answers too.
 */
function comparable(kind: FieldKind): string {
  return kind === 'integer' || kind === 'duration' ? typed(kind, placeholder) : placeholder
}

/** No character of any script, which text is never made of. */
const nowhere = '\u{10FFFF}'

/** No column holds text with NUL, and no parameter may: what is looked for is found nowhere, as on SQLite. */
function searched(value: SqlValue): SqlValue {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', nowhere) : value
}

function searchedIn(kind: FieldKind): Pick<ComparisonSql, 'map'> {
  return kind === 'text' ? { map: searched } : {}
}

/** One statement for lists of any length. */
function anyOf(lhs: string, kind: FieldKind): ComparisonSql {
  return {
    sql: `${lhs} = ANY(${placeholder}::${valueType(kind)}[])`,
    list: kind === 'duration' ? intervals : kind === 'text' ? texts : arrayLiteral,
  }
}

function texts(values: readonly SqlValue[]): SqlValue {
  return arrayLiteral(values.map(searched))
}

function intervals(values: readonly SqlValue[]): SqlValue {
  return arrayLiteral(values.map((value) => secondsOf(value as bigint)))
}

/** What a value looks like. UUIDs are looked for without hyphens, with which nobody need write them. */
function textOf(lhs: string, kind: FieldKind): string {
  if (kind === 'text') return lhs
  if (kind === 'ipAddress') return `HOST(${lhs})`
  return kind === 'uuid' ? `REPLACE(${lhs}::text, '-', '')` : `${lhs}::text`
}

const caseless: ReadonlySet<Operator> = new Set(['iexact', 'icontains', 'istartswith', 'iendswith'])
const openStart: ReadonlySet<Operator> = new Set(['contains', 'icontains', 'endswith', 'iendswith'])
const openEnd: ReadonlySet<Operator> = new Set(['contains', 'icontains', 'startswith', 'istartswith'])

function pattern({ operator, lhs, kind, rhs }: ComparisonInput): ComparisonSql {
  const fold = caseless.has(operator) ? (sql: string) => `UPPER(${sql})` : (sql: string) => sql
  const text = fold(textOf(lhs, kind))
  if (operator === 'iexact') return { sql: `${text} = ${fold(rhs?.[0] ?? placeholder)}`, ...(rhs ? {} : plain(kind)) }
  const before = openStart.has(operator)
  const after = openEnd.has(operator)
  if (rhs) return { sql: `${text} LIKE ${fold(computedPattern(rhs[0]!, before, after))}` }
  const map = (value: SqlValue) => (before ? '%' : '') + escaped(withoutHyphens(value, kind)) + (after ? '%' : '')
  return { sql: `${text} LIKE ${fold(placeholder)}`, map }
}

function plain(kind: FieldKind): Pick<ComparisonSql, 'map'> {
  return { map: (value) => withoutHyphens(value, kind) }
}

function withoutHyphens(value: SqlValue, kind: FieldKind): string {
  return kind === 'uuid' ? String(value).replaceAll('-', '') : String(searched(value))
}

function escaped(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}

/** A pattern that is made of a value which only the database knows. */
function computedPattern(value: string, before: boolean, after: boolean): string {
  const text = ['\\', '%', '_'].reduce((sql, one) => `REPLACE(${sql}, '${one}', '\\${one}')`, `${value}::text`)
  return `(${before ? "'%' || " : ''}${text}${after ? " || '%'" : ''})`
}
