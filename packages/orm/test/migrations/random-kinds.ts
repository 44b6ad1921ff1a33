import {
  array,
  bigInteger,
  binary,
  boolean,
  char,
  date,
  dateTime,
  decimal,
  duration,
  float,
  generated,
  integer,
  ipAddress,
  json,
  positiveInteger,
  slug,
  smallInteger,
  text,
  time,
  uuid,
} from '../../src/fields/index.ts'
import { F, Lower, Now } from '../../src/index.ts'
import { vendor } from '../temporary-database.ts'

/** What of a field may vary beside its type. */
export interface Variant {
  readonly null: boolean
  readonly dbIndex: boolean
  readonly unique: boolean
  readonly dbColumn: string | undefined
  readonly comment: string | undefined
}

type Value = string | number | bigint | Uint8Array | null

/** A type of field, with what two rows hold in it, as the database takes it, and what a migration may write into it. */
export interface Kind {
  readonly make: (variant: Variant, names: { readonly name: string; readonly size: string }) => object
  readonly values: readonly [Value, Value]
  readonly fill?: unknown
  /** It has a default, or is computed: rows need no value. */
  readonly isFilled?: true
  readonly isComputed?: true
  readonly mayBeUnique?: true
}

const isPostgres = vendor === 'postgresql'

/** The options of a field that a variant stands for. */
function optionsOf({ null: isNull, dbIndex, unique, dbColumn, comment }: Variant) {
  return {
    ...(isNull ? { null: true } : {}),
    ...(dbIndex ? { dbIndex } : {}),
    ...(unique ? { unique } : {}),
    ...(dbColumn === undefined ? {} : { dbColumn }),
    ...(comment === undefined ? {} : { dbComment: comment }),
  } as object
}

const alike = { values: ['11', '12'], mayBeUnique: true } as const

/** A column of one of these may become one of any other: its values are numbers, or tell them. */
export const changeable: readonly Kind[] = [
  { ...alike, make: (v) => char({ maxLength: 20, ...optionsOf(v) }), fill: '7' },
  { ...alike, make: (v) => char({ maxLength: 50, default: '1', ...optionsOf(v) }), isFilled: true },
  {
    ...alike,
    make: (v) => char({ maxLength: 20, dbCollation: isPostgres ? 'C' : 'NOCASE', ...optionsOf(v) }),
    fill: '7',
  },
  { ...alike, make: (v) => char({ maxLength: 20, dbDefault: '1', ...optionsOf(v) }), isFilled: true },
  { ...alike, make: (v) => text(optionsOf(v)), fill: '7' },
  { ...alike, make: (v) => slug({ default: '1', ...optionsOf(v) }), isFilled: true },
  { ...alike, make: (v) => integer(optionsOf(v)), fill: 7 },
  { ...alike, make: (v) => integer({ dbDefault: 1, ...optionsOf(v) }), isFilled: true },
  { ...alike, make: (v) => positiveInteger({ default: 1, ...optionsOf(v) }), isFilled: true },
  { ...alike, make: (v) => smallInteger(optionsOf(v)), fill: 7 },
  { ...alike, make: (v) => bigInteger(optionsOf(v)), fill: 7n },
  { ...alike, make: (v) => decimal({ maxDigits: 5, decimalPlaces: 0, ...optionsOf(v) }), fill: '7' },
  { values: ['11', '12'], make: (v) => json({ ...optionsOf({ ...v, unique: false, dbIndex: false }) }), fill: 7 },
]

const moment = '2024-02-29 23:30:00.000001'
const id = ['a0eebc999c0b4ef8bb6d6bb9bd380a11', 'a0eebc999c0b4ef8bb6d6bb9bd380a12'] as const

/** Columns of these come and go, take other names, and may be NULL or not; they hold what is easily lost. */
export const lasting: readonly Kind[] = [
  { make: (v) => text(optionsOf(v)), values: [`Ünï'çö"dé" %_\\ 🦊\n`, ''], fill: `'"é🦊`, mayBeUnique: true },
  {
    make: (v) => bigInteger(optionsOf(v)),
    values: [9223372036854775807n, -9007199254740993n],
    fill: 9007199254740993n,
    mayBeUnique: true,
  },
  {
    make: (v) => decimal({ maxDigits: 20, decimalPlaces: 4, ...optionsOf(v) }),
    values: ['123456789012.3456', '-0.0001'],
    fill: '1.5',
  },
  { make: (v) => float(optionsOf(v)), values: [0.1, -1e300], fill: 1.5 },
  { make: (v) => boolean(optionsOf(v)), values: [1, 0], fill: true },
  {
    make: (v) => date(optionsOf(v)),
    values: ['2024-02-29', '0001-01-01'],
    fill: Temporal.PlainDate.from('2026-07-01'),
  },
  {
    make: (v) => dateTime(optionsOf(v)),
    values: [moment, '1969-12-31 23:59:59'],
    fill: Temporal.Instant.from('2026-07-01T12:00:00.000001Z'),
  },
  { make: (v) => dateTime({ dbDefault: Now(), ...optionsOf(v) }), values: [moment, moment], isFilled: true },
  {
    make: (v) => time(optionsOf(v)),
    values: ['23:59:59.999999', '00:00:00'],
    fill: Temporal.PlainTime.from('12:00:00'),
  },
  {
    make: (v) => duration(optionsOf(v)),
    values: [isPostgres ? '1 day 0.000001 seconds' : 86400000001n, isPostgres ? '0' : 0],
    fill: Temporal.Duration.from({ hours: 1 }),
  },
  { make: (v) => uuid(optionsOf(v)), values: id, fill: 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a13', mayBeUnique: true },
  {
    make: (v) => binary(optionsOf(v)),
    values: [new Uint8Array([0, 255, 39]), new Uint8Array()],
    fill: new Uint8Array([1]),
  },
  { make: (v) => ipAddress(optionsOf(v)), values: ['10.0.0.1', '2001:db8::1'], fill: '10.0.0.2' },
  {
    make: (v) => json({ ...optionsOf({ ...v, dbIndex: false }) }),
    values: ['{"a": [1, "é"]}', 'null'],
    fill: { a: 1 },
  },
  ...(isPostgres
    ? [
        {
          make: (v: Variant) => array(integer(), optionsOf({ ...v, dbIndex: false })),
          values: ['{1,2}', '{}'],
          fill: [1],
        } as const,
      ]
    : []),
]

/** Columns that the database computes of the two that every model has. */
export const computed: readonly Kind[] = [
  {
    make: ({ dbIndex }, { size }) =>
      generated({ expression: F(size).add(1), outputField: bigInteger({ null: true }), dbPersist: true, dbIndex }),
    values: [null, null],
    isComputed: true,
  },
  {
    make: ({ dbIndex }, { name }) =>
      generated({ expression: Lower(name), outputField: text({ null: true }), dbPersist: isPostgres, dbIndex }),
    values: [null, null],
    isComputed: true,
  },
]

/** What `name` and `size` may be, of which computed columns, indexes and constraints speak. */
export const names: readonly Kind[] = [
  { make: (v) => char({ maxLength: 30, ...optionsOf(v) }), values: [`Ünï'ç "q" %`, 'two'] },
  { make: (v) => char({ maxLength: 60, ...optionsOf(v) }), values: [`Ünï'ç "q" %`, 'two'] },
  { make: (v) => text(optionsOf(v)), values: [`Ünï'ç "q" %`, 'two'] },
]
export const sizes: readonly Kind[] = [
  { make: (v) => integer({ default: 0, ...optionsOf(v) }), values: [3, 4] },
  { make: (v) => bigInteger({ default: 0n, ...optionsOf(v) }), values: [3, 4] },
  { make: (v) => smallInteger({ dbDefault: 0, ...optionsOf(v) }), values: [3, 4] },
]

export const kindsOf = { changeable, lasting, computed, name: names, size: sizes } as const
export type Family = keyof typeof kindsOf
