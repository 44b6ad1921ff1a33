import type { ColumnSchema } from '../backends/schema.ts'
import type { FieldGuess } from './field-guess.ts'
import { isJson, isNotBelowZero } from './own-checks.ts'

const plain = (factory: string, note?: string): FieldGuess => ({
  factory,
  options: {},
  ...(note === undefined ? {} : { note }),
})

/** Digits that are written to SQLite are digits of a float, so that more places cost nothing. */
const anyDecimal = { maxDigits: 25, decimalPlaces: 10 }

/** Types by their first words: those that the ORM writes first, then what others are known to write. */
const byWord: Readonly<Record<string, FieldGuess>> = {
  integer: plain('integer'),
  int: plain('integer'),
  smallint: plain('smallInteger'),
  bigint: plain('bigInteger'),
  'integer unsigned': plain('positiveInteger'),
  'smallint unsigned': plain('positiveSmallInteger'),
  'bigint unsigned': plain('positiveBigInteger'),
  'unsigned big int': plain('positiveBigInteger'),
  int2: plain('smallInteger'),
  int4: plain('integer'),
  int8: plain('bigInteger'),
  tinyint: plain('smallInteger'),
  mediumint: plain('integer'),
  bool: plain('boolean'),
  boolean: plain('boolean'),
  real: plain('float'),
  float: plain('float'),
  double: plain('float'),
  'double precision': plain('float'),
  text: plain('text'),
  clob: plain('text'),
  blob: plain('binary'),
  date: plain('date'),
  time: plain('time'),
  datetime: plain('dateTime'),
  timestamp: plain('dateTime'),
  json: plain('json'),
  decimal: { factory: 'decimal', options: anyDecimal, note: 'a guess: decimal without its digits' },
  numeric: { factory: 'decimal', options: anyDecimal, note: 'a guess: numeric without its digits' },
  '': plain('text', 'a guess: a column without a type holds anything'),
  any: plain('text', 'a guess: any'),
}

const lengthPattern =
  /^(?:varchar|character varying|varying character|nvarchar|nchar|native character|character|char|varchar2)\((\d+)\)$/

/** The field of a type of SQLite, which takes any word for one; what it is not known to mean goes by SQLite's own rules. */
export function sqliteField(column: ColumnSchema): FieldGuess {
  const { type } = column
  if (type === 'text' && isJson(column)) return plain('json')
  if (type === 'char(32)') return plain('uuid', 'a guess: char(32), which UUIDs are kept in')
  if (type === 'char(39)') return plain('ipAddress')
  if (type === 'tinyint(1)') return plain('boolean', 'a guess: tinyint(1)')
  const known = byWord[type] ?? byLength(type)
  if (known === undefined) return byAffinity(type)
  if (known.factory.startsWith('positive') && !isNotBelowZero(column)) {
    return { ...known, note: `${type}, and nothing keeps it from being below zero` }
  }
  return known
}

function byLength(type: string): FieldGuess | undefined {
  const length = lengthPattern.exec(type)?.[1]
  if (length !== undefined && Number(length) > 0) return { factory: 'char', options: { maxLength: Number(length) } }
  const [, digits, places = '0'] = /^(?:decimal|numeric|number)\((\d+)(?:, ?(\d+))?\)$/.exec(type) ?? []
  if (digits === undefined) return undefined
  return { factory: 'decimal', options: { maxDigits: Number(digits), decimalPlaces: Number(places) } }
}

/** How SQLite itself reads a type: section 3.1 of its "Datatypes". */
function byAffinity(type: string): FieldGuess {
  const note = `a guess: ${type}`
  if (type.includes('int')) return plain('bigInteger', note)
  if (/char|clob|text/.test(type)) return plain('text', note)
  if (type.includes('blob')) return plain('binary', note)
  if (/real|floa|doub/.test(type)) return plain('float', note)
  return plain('text', note)
}
