import type { SqlValue } from '../backends/database.ts'
import { type Decoder, Field, type FieldOptions, type Vendor } from './field.ts'

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

type JsonOptions<T> = FieldOptions<NoInfer<T>>

/**
 * A JSON document; `json<Settings>()` types it. What the options mean for the type is told by signatures: where a type is
 * given, TypeScript infers no other from the options.
 */
export function json<T = JsonValue>(options: JsonOptions<T> & { readonly null: true }): Field<T | null, true, false>
export function json<T = JsonValue>(
  options: JsonOptions<T> & { readonly default: NoInfer<T> | (() => NoInfer<T>) },
): Field<T, true, false>
export function json<T = JsonValue>(options?: JsonOptions<T>): Field<T, false, false>
export function json(options: FieldOptions = {}): Field {
  return new JsonField('json', options)
}
