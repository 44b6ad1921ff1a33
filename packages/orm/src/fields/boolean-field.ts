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

export class BooleanField extends Field {
  readonly kind = 'boolean'
  readonly factory = 'boolean'

  columnType(vendor: Vendor): string {
    return vendor === 'postgresql' ? 'boolean' : 'bool'
  }

  protected encode(value: unknown): SqlValue {
    return typeof value === 'boolean' ? (value ? 1 : 0) : this.refuse(value, 'true or false')
  }

  override decoder(): Decoder {
    return (raw) => Boolean(raw)
  }

  override parse(value: unknown): unknown {
    if (value === 'true' || value === 'True' || value === '1' || value === 'on') return true
    if (value === 'false' || value === 'False' || value === '0') return false
    return super.parse(value)
  }
}

export function boolean<const O extends FieldOptions<boolean> = {}>(
  options?: O & OnlyKnown<O, FieldOptions>,
): Field<ValueOf<boolean, O>, IsOptional<O>, IsKey<O>> {
  return new BooleanField('boolean', options ?? {}) as never
}
