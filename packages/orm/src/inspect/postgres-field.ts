import type { ColumnSchema } from '../backends/schema.ts'
import type { FieldGuess } from './field-guess.ts'
import { isNotBelowZero } from './own-checks.ts'

/** Types that one field makes, or reads. */
const byType: Readonly<Record<string, FieldGuess>> = {
  smallint: { factory: 'smallInteger', options: {} },
  integer: { factory: 'integer', options: {} },
  bigint: { factory: 'bigInteger', options: {} },
  oid: { factory: 'bigInteger', options: {}, note: 'oid' },
  boolean: { factory: 'boolean', options: {} },
  text: { factory: 'text', options: {} },
  varchar: { factory: 'text', options: {} },
  name: { factory: 'text', options: {}, note: 'name' },
  citext: { factory: 'text', options: {}, note: 'citext: capitals are the same as small letters' },
  real: { factory: 'float', options: {}, note: 'real: some seven digits' },
  'double precision': { factory: 'float', options: {} },
  date: { factory: 'date', options: {} },
  interval: { factory: 'duration', options: {} },
  uuid: { factory: 'uuid', options: {} },
  inet: { factory: 'ipAddress', options: {} },
  jsonb: { factory: 'json', options: {} },
  json: { factory: 'json', options: {}, note: 'json, which keeps its text' },
  bytea: { factory: 'binary', options: {} },
  numeric: {
    factory: 'decimal',
    options: { maxDigits: 60, decimalPlaces: 20 },
    note: 'a guess: numeric without precision',
  },
}

/** Types with something in parentheses. */
const patterns: readonly (readonly [RegExp, (...found: number[]) => FieldGuess])[] = [
  [/^varchar\((\d+)\)$/, (maxLength) => ({ factory: 'char', options: { maxLength } })],
  [
    /^char\((\d+)\)$/,
    (maxLength) => ({ factory: 'char', options: { maxLength }, note: `char(${maxLength}): padded with spaces` }),
  ],
  [/^"char"$/, () => ({ factory: 'char', options: { maxLength: 1 }, note: '"char"' })],
  [
    /^numeric\((\d+), ?(\d+)\)$/,
    (maxDigits, decimalPlaces) => ({ factory: 'decimal', options: { maxDigits, decimalPlaces } }),
  ],
  [/^time(?:\(\d\))?$/, () => ({ factory: 'time', options: {} })],
  [/^timestamp(?:\(\d\))? with time zone$/, () => ({ factory: 'dateTime', options: {} })],
  [
    /^timestamp(?:\(\d\))? without time zone$/,
    () => ({ factory: 'dateTime', options: {}, note: 'without time zone: taken for UTC' }),
  ],
  [/^interval\b/, () => ({ factory: 'duration', options: {} })],
]

const positive: Readonly<Record<string, string>> = {
  smallInteger: 'positiveSmallInteger',
  integer: 'positiveInteger',
  bigInteger: 'positiveBigInteger',
}

/** The field of a type of PostgreSQL; `text` where there is none, since everything can be read as text. */
export function postgresField(type: string, column: ColumnSchema): FieldGuess {
  const known = byType[type] ?? byPattern(type) ?? arrayField(type, column)
  if (known === undefined) return { factory: 'text', options: {}, note: `a guess: ${type}` }
  const factory = positive[known.factory]
  return factory !== undefined && isNotBelowZero(column) ? { ...known, factory } : known
}

function byPattern(type: string): FieldGuess | undefined {
  for (const [pattern, make] of patterns) {
    const found = pattern.exec(type)
    if (found) return make(...found.slice(1).map(Number))
  }
  return undefined
}

/** A list is of one type, however deep it goes; lists of JSON, of lists and of guesses are none of the ORM's. */
function arrayField(type: string, column: ColumnSchema): FieldGuess | undefined {
  if (!type.endsWith('[]')) return undefined
  const of = postgresField(type.slice(0, -2), { ...column, check: undefined })
  if (of.factory === 'json' || of.factory === 'array' || of.note !== undefined) return undefined
  return { factory: 'array', of, options: {} }
}
