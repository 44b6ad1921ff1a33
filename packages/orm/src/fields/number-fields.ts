import type { SqlValue } from '../backends/database.ts'
import {
  type Decoder,
  Field,
  type FieldOptions,
  type IsKey,
  type IsOptional,
  type OnlyKnown,
  type ValueOf,
  type Vendor,
} from './field.ts'

type Options = FieldOptions<number>
type NumberField<O> = Field<ValueOf<number, O>, IsOptional<O>, IsKey<O>>

const ranges: Readonly<Record<string, readonly [minimum: number, maximum: number]>> = {
  smallInteger: [-32_768, 32_767],
  positiveSmallInteger: [0, 32_767],
  integer: [-2_147_483_648, 2_147_483_647],
  positiveInteger: [0, 2_147_483_647],
}

/** A whole number that a JavaScript number holds exactly. */
export class IntegerField extends Field {
  readonly kind = 'integer'
  readonly factory: string
  readonly positive: boolean
  /** The values that both databases can hold, checked by `fullClean`. */
  readonly range: readonly [minimum: number, maximum: number]

  constructor(factory: string, options: Options) {
    super(factory, options)
    this.factory = factory
    this.positive = factory.startsWith('positive')
    this.range = ranges[factory]!
  }

  /** SQLite enforces `positive` by a CHECK, which the schema editor writes. */
  columnType(vendor: Vendor): string {
    const small = /small/i.test(this.factory)
    if (vendor === 'postgresql') return small ? 'smallint' : 'integer'
    if (this.positive) return small ? 'smallint unsigned' : 'integer unsigned'
    return small ? 'smallint' : 'integer'
  }

  protected encode(value: unknown): SqlValue {
    return Number.isSafeInteger(value) ? (value as number) : this.refuse(value, 'an integer')
  }

  override parse(value: unknown): unknown {
    if (typeof value === 'string' && /^\s*[+-]?\d+\s*$/.test(value)) return Number(value)
    return super.parse(value)
  }
}

/** A 64-bit whole number, as `bigint`. */
export class BigIntegerField extends Field {
  readonly kind = 'bigint'
  readonly factory: string
  readonly positive: boolean

  constructor(factory: 'bigInteger' | 'positiveBigInteger', options: FieldOptions) {
    super(factory, options)
    this.factory = factory
    this.positive = factory === 'positiveBigInteger'
  }

  columnType(vendor: Vendor): string {
    return this.positive && vendor === 'sqlite' ? 'bigint unsigned' : 'bigint'
  }

  override get readsBigints(): boolean {
    return true
  }

  protected encode(value: unknown): SqlValue {
    const big = Number.isSafeInteger(value) ? BigInt(value as number) : value
    return typeof big === 'bigint' && BigInt.asIntN(64, big) === big ? big : this.refuse(value, 'a bigint of 64 bits')
  }

  override decoder(): Decoder {
    return (raw) => (typeof raw === 'bigint' ? raw : BigInt(raw as number))
  }

  override parse(value: unknown): unknown {
    if (typeof value === 'string' && /^\s*[+-]?\d+\s*$/.test(value)) return BigInt(value)
    return this.toSql(value)
  }

  /** Numbers, which are accepted too, become what the attribute's type says. */
  override fromInput(value: unknown): unknown {
    return Number.isSafeInteger(value) ? BigInt(value as number) : value
  }
}

export class FloatField extends Field {
  readonly kind = 'float'
  readonly factory = 'float'

  columnType(vendor: Vendor): string {
    return vendor === 'postgresql' ? 'double precision' : 'real'
  }

  protected encode(value: unknown): SqlValue {
    return typeof value === 'number' && Number.isFinite(value) ? value : this.refuse(value, 'a finite number')
  }

  override parse(value: unknown): unknown {
    if (typeof value === 'string' && value.trim() !== '') return super.parse(Number(value))
    return super.parse(value)
  }
}

/** A whole number of 32 bits. */
export function integer<const O extends Options = {}>(options?: O & OnlyKnown<O, Options>): NumberField<O> {
  return new IntegerField('integer', options ?? {}) as never
}

/** A whole number of 16 bits. */
export function smallInteger<const O extends Options = {}>(options?: O & OnlyKnown<O, Options>): NumberField<O> {
  return new IntegerField('smallInteger', options ?? {}) as never
}

/** A whole number of 32 bits, not below zero. */
export function positiveInteger<const O extends Options = {}>(options?: O & OnlyKnown<O, Options>): NumberField<O> {
  return new IntegerField('positiveInteger', options ?? {}) as never
}

/** A whole number of 16 bits, not below zero. */
export function positiveSmallInteger<const O extends Options = {}>(
  options?: O & OnlyKnown<O, Options>,
): NumberField<O> {
  return new IntegerField('positiveSmallInteger', options ?? {}) as never
}

/** A whole number of 64 bits. */
export function bigInteger<const O extends FieldOptions<bigint> = {}>(
  options?: O & OnlyKnown<O, FieldOptions>,
): Field<ValueOf<bigint, O>, IsOptional<O>, IsKey<O>> {
  return new BigIntegerField('bigInteger', options ?? {}) as never
}

/** A whole number of 64 bits, not below zero. */
export function positiveBigInteger<const O extends FieldOptions<bigint> = {}>(
  options?: O & OnlyKnown<O, FieldOptions>,
): Field<ValueOf<bigint, O>, IsOptional<O>, IsKey<O>> {
  return new BigIntegerField('positiveBigInteger', options ?? {}) as never
}

/** A floating-point number. */
export function float<const O extends Options = {}>(options?: O & OnlyKnown<O, Options>): NumberField<O> {
  return new FloatField('float', options ?? {}) as never
}
