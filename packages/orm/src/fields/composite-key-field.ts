import { ImproperlyConfigured } from '@nuages/foundation'
import type { SqlValue } from '../backends/database.ts'
import { FieldValueError } from '../errors.ts'
import type { DeconstructedField } from './field.ts'
import { type Decoder, Field } from './field.ts'

/** The type of a primary key of several fields, by their attributes. */
export interface CompositeKey<Names extends readonly string[]> {
  readonly compositeKey: Names
}

/**
 * A primary key of several columns. It has no column of its own: its value is a list, what it is asked is asked of its parts.
 * Django's `CompositePrimaryKey`.
 */
export class CompositeKeyField extends Field {
  readonly kind = 'composite'
  readonly factory = 'compositePrimaryKey'
  readonly names: readonly string[]
  /** The fields that it is made of, in order; set by the model. */
  parts: readonly Field[] = []

  constructor(names: readonly string[]) {
    super('compositePrimaryKey', {})
    if (names.length < 2 || new Set(names).size < names.length) {
      throw new ImproperlyConfigured('compositePrimaryKey() takes the names of two fields or more, each once.')
    }
    this.names = names
    Object.assign(this, { primaryKey: true, unique: true, editable: false })
  }

  override bind(name: string): this {
    return Object.assign(super.bind(name), { primaryKey: true })
  }

  /** Takes the fields of the model `model` for its parts. Throws `ImproperlyConfigured` for what can be none. */
  take(model: string, fieldOf: (name: string) => Field | undefined): void {
    this.parts = this.names.map((name) => {
      const field = fieldOf(name)
      if (!field) throw new ImproperlyConfigured(`${model}.pk is made of '${name}', which is no field with a column.`)
      if (field.null || field.generated || field.primaryKey) {
        const what = field.null ? 'may be null' : field.generated ? 'is computed' : 'is a primary key by itself'
        throw new ImproperlyConfigured(
          `${model}.pk is made of '${name}', which ${what}: a part of a key cannot be that.`,
        )
      }
      return field
    })
    for (const part of this.parts) Object.assign(part, { primaryKey: true })
  }

  columnType(): string {
    throw new ImproperlyConfigured(
      `The key '${this.names.join("', '")}' is of several columns: no foreign key leads to it.`,
    )
  }

  /** The values of the parts, as the parts write them. Throws `FieldValueError` for what is no such list. */
  partsOf(value: unknown): readonly SqlValue[] {
    const { parts } = this
    if (!Array.isArray(value) || value.length !== parts.length) {
      throw new FieldValueError('pk', `a list of ${parts.length} values (${this.names.join(', ')})`, value)
    }
    return parts.map((part, at) => part.toSql(value[at]))
  }

  protected encode(value: unknown): SqlValue {
    this.partsOf(value)
    return keyText(value) as string
  }

  /** Reads the JSON list that a query gives for it, whose numbers may be beyond those of JavaScript. */
  override decoder(): Decoder {
    const decoders = this.parts.map((part) => part.decoder())
    return (raw) => {
      const list = typeof raw === 'string' ? parsedList(raw) : (raw as unknown as readonly SqlValue[])
      return list.map((value, at) => decoders[at]?.(value) ?? value)
    }
  }

  override deconstruct(): DeconstructedField {
    return { factory: this.factory, options: { names: this.names } }
  }
}

function parsedList(json: string): readonly SqlValue[] {
  const exact = (_key: string, value: unknown, context?: { readonly source?: string }): unknown =>
    typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? '')
      ? BigInt(context!.source!)
      : value
  return JSON.parse(json, exact)
}

/** A key that can be compared and be the key of a map: a list, which is like no other to JavaScript, becomes text. */
export function keyText(key: unknown): unknown {
  if (!Array.isArray(key)) return key
  return JSON.stringify(key, (_name, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))
}

/** A key of several fields, whose attributes it names: `pk: compositePrimaryKey('tenantId', 'number')`. */
export function compositePrimaryKey<const Names extends readonly [string, string, ...string[]]>(
  ...names: Names
): CompositeKey<Names> {
  return new CompositeKeyField(names) as never
}
