import { Decimal } from 'decimal.js'
import type { SqlValue } from '../backends/database.ts'
import type { Expression } from '../query/expressions/expression.ts'
import { readDecimal, writeDecimal } from './decimal-digits.ts'
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

type DecimalInput = Decimal | string | number

export interface DecimalOptions extends Omit<FieldOptions<Decimal>, 'default' | 'dbDefault'> {
  /** A value, as text or a number too, or a function called for each new instance. */
  readonly default?: DecimalInput | (() => DecimalInput)
  readonly dbDefault?: DecimalInput | Expression
  readonly maxDigits: number
  readonly decimalPlaces: number
}

function read(value: Decimal.Value): Decimal | undefined {
  try {
    return new Decimal(value)
  } catch {
    return undefined
  }
}

/** Beyond what the columns of any database hold. */
const greatestExponent = 20_000

/** A decimal number of fixed precision. SQLite has no such type and keeps it as a float of 15 digits, as Django does. */
export class DecimalField extends Field {
  readonly kind = 'decimal'
  readonly factory = 'decimal'
  readonly maxDigits: number
  readonly decimalPlaces: number

  constructor(options: DecimalOptions) {
    super('decimal', options, ['maxDigits', 'decimalPlaces'])
    this.maxDigits = options.maxDigits
    this.decimalPlaces = options.decimalPlaces
  }

  columnType(vendor: Vendor): string {
    return vendor === 'postgresql' ? `numeric(${this.maxDigits}, ${this.decimalPlaces})` : 'decimal'
  }

  protected encode(value: unknown): SqlValue {
    const decimal = this.toDecimal(value)
    return writeDecimal(decimal, this.decimalPlaces)
  }

  override decoder(): Decoder {
    const { decimalPlaces } = this
    return (raw) => readDecimal(raw as number | string, decimalPlaces)
  }

  override parse(value: unknown): unknown {
    return value === null ? null : this.toDecimal(value)
  }

  /** Text and numbers become what the attribute's type says; what is no number stays, for `fullClean` and `save` to refuse. */
  override fromInput(value: unknown): unknown {
    if (typeof value !== 'string' && typeof value !== 'number') return value
    const decimal = read(value)
    return decimal?.isFinite() ? decimal : value
  }

  override initialValue(): unknown {
    return this.fromInput(super.initialValue())
  }

  protected toDecimal(value: unknown): Decimal {
    const isText = typeof value === 'string' || typeof value === 'number'
    const decimal = Decimal.isDecimal(value) ? value : isText ? read(value) : undefined
    if (decimal === undefined) return this.refuse(value, 'a decimal number')
    // Of 1e90000000, all digits would be written down before anybody could say that they are too many.
    if (decimal.isFinite() && Math.abs(decimal.e) <= greatestExponent) return decimal
    return this.refuse(value, 'a finite decimal number')
  }
}

/** `maxDigits` digits in all, `decimalPlaces` of them after the point. */
export function decimal<const O extends DecimalOptions>(
  options: O & OnlyKnown<O, DecimalOptions>,
): Field<ValueOf<Decimal, O>, IsOptional<O>, IsKey<O>> {
  return new DecimalField(options) as never
}
