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

/** Bytes. Not editable unless told, as in Django. */
export class BinaryField extends Field {
  readonly kind = 'binary'
  readonly factory = 'binary'

  constructor(factory: 'binary', options: FieldOptions) {
    super(factory, options)
    if (options.editable === undefined) Object.assign(this, { editable: false })
  }

  columnType(vendor: Vendor): string {
    return vendor === 'postgresql' ? 'bytea' : 'BLOB'
  }

  /** A copy, so that bytes changed in place differ from those that are saved. */
  protected encode(value: unknown): SqlValue {
    return value instanceof Uint8Array ? new Uint8Array(value) : this.refuse(value, 'bytes (a Uint8Array)')
  }

  override decoder(): Decoder {
    return (raw) => new Uint8Array(raw as Uint8Array)
  }
}

export function binary<const O extends FieldOptions<Uint8Array> = {}>(
  options?: O & OnlyKnown<O, FieldOptions>,
): Field<ValueOf<Uint8Array, O>, IsOptional<O>, IsKey<O>> {
  return new BinaryField('binary', options ?? {}) as never
}
