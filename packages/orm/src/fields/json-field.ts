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

/** What JSON can say. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue }

/** A JSON document. A top-level `null` is SQL's NULL. */
export class JsonField extends Field {
  readonly kind = 'json'
  readonly factory = 'json'

  columnType(vendor: Vendor): string {
    return vendor === 'postgresql' ? 'jsonb' : 'text'
  }

  protected encode(value: unknown): SqlValue {
    try {
      const json = JSON.stringify(value)
      if (json !== undefined) return json
    } catch {
      // A circle or a bigint: refused below, with the value shown.
    }
    return this.refuse(value, 'a value that JSON can hold')
  }

  override decoder(): Decoder {
    return (raw) => (typeof raw === 'string' ? JSON.parse(raw) : raw)
  }
}

/** A JSON document; `json<Settings>()` types it. */
export function json<T = JsonValue, const O extends FieldOptions<T> = {}>(
  options?: O & OnlyKnown<O, FieldOptions>,
): Field<ValueOf<T, O>, IsOptional<O>, IsKey<O>> {
  return new JsonField('json', options ?? {}) as never
}
