import type { z } from 'zod'
import type { SqlValue } from '../backends/database.ts'
import { jsonLookups } from '../lookups/json/json-lookups.ts'
import { jsonTransform } from '../lookups/json/json-transform.ts'
import type { Lookup } from '../lookups/lookup.ts'
import type { Transform } from '../lookups/transform.ts'
import { type Decoder, Field, type FieldOptions, type Vendor } from './field.ts'

/** What JSON can say. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue }

export interface JsonFieldOptions<T = unknown> extends Omit<FieldOptions<T>, 'choices' | 'primaryKey' | 'unique'> {
  /** Says what documents there may be, and so their type: `fullClean` parses them with it. */
  readonly schema?: z.ZodType<T>
}

/**
 * A JSON document. A top-level `null` is SQL's NULL: `filter({ data: null })` finds it, and nothing else does. JSON's own
 * `null` stands inside documents only.
 */
export class JsonField extends Field {
  readonly kind = 'json'
  readonly factory = 'json'
  readonly schema: z.ZodType | undefined

  constructor(factory: 'json', options: JsonFieldOptions) {
    super(factory, options, ['schema'])
    this.schema = options.schema
  }

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

  override lookup(name: string): Lookup | undefined {
    return jsonLookups.get(name)
  }

  /** A key or, where it is a number, a place in a list: `settings__theme`, `tags__0`. */
  override transform(name: string): Transform | undefined {
    return jsonTransform(name, part)
  }
}

/** What a key of a document leads to: `null` there is JSON's own, and SQL's NULL says that there is no such key. */
class JsonPartField extends JsonField {
  constructor() {
    super('json', { null: true })
  }

  override toSql(value: unknown): SqlValue {
    return this.encode(value)
  }
}

const part = new JsonPartField().bind('part')

type JsonOptions<T> = JsonFieldOptions<NoInfer<T>>
/** With a schema, which the type is inferred of. */
type SchemaOptions<T> = JsonOptions<T> & { readonly schema: z.ZodType<T> }
type Null = { readonly null: true }
type WithDefault<T> = { readonly default: NoInfer<T> | (() => NoInfer<T>) } | { readonly dbDefault: unknown }

/**
 * A JSON document; `json<Settings>()` types it, or `json({ schema: z.object({ … }) })`, which checks it as well. What the
 * options mean for the type is told by signatures: where a type is given, TypeScript infers no other from the options.
 */
export function json<T>(options: SchemaOptions<T> & Null): Field<T | null, true, false>
export function json<T>(options: SchemaOptions<T> & WithDefault<T>): Field<T, true, false>
export function json<T>(options: SchemaOptions<T>): Field<T, false, false>
export function json<T = JsonValue>(options: JsonOptions<T> & Null): Field<T | null, true, false>
export function json<T = JsonValue>(options: JsonOptions<T> & WithDefault<T>): Field<T, true, false>
export function json<T = JsonValue>(options?: JsonOptions<T>): Field<T, false, false>
export function json(options: JsonFieldOptions = {}): Field {
  return new JsonField('json', options)
}
