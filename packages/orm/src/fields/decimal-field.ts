import { Decimal } from 'decimal.js'
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

export interface DecimalOptions extends FieldOptions<Decimal> {
  readonly maxDigits: number
  readonly decimalPlaces: number
}

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
    return decimal.toFixed(this.decimalPlaces, Decimal.ROUND_HALF_EVEN)
  }

  override decoder(): Decoder {
    return (raw) => new Decimal(raw as number | string).toDecimalPlaces(this.decimalPlaces, Decimal.ROUND_HALF_EVEN)
  }

  override parse(value: unknown): unknown {
    return value === null ? null : this.toDecimal(value)
  }

  protected toDecimal(value: unknown): Decimal {
    if (typeof value !== 'string' && typeof value !== 'number' && !Decimal.isDecimal(value)) {
      this.refuse(value, 'a decimal number')
    }
    try {
      const decimal = new Decimal(value as Decimal.Value)
      return decimal.isFinite() ? decimal : this.refuse(value, 'a finite decimal number')
    } catch {
      return this.refuse(value, 'a decimal number')
    }
  }
}

/** `maxDigits` digits in all, `decimalPlaces` of them after the point. */
export function decimal<const O extends DecimalOptions>(
  options: O & OnlyKnown<O, DecimalOptions>,
): Field<ValueOf<Decimal, O>, IsOptional<O>, IsKey<O>> {
  return new DecimalField(options) as never
}
