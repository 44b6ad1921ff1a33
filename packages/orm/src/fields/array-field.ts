import { ImproperlyConfigured } from '@nuages/foundation'
import type { SqlValue } from '../backends/database.ts'
import { arrayLiteral } from '../backends/postgres/array-literal.ts'
import { arrayLookups, elementTransform } from '../lookups/array-lookups.ts'
import type { Lookup } from '../lookups/lookup.ts'
import type { Transform } from '../lookups/transform.ts'
import { type Decoder, type DeconstructedField, Field, type FieldOptions, type Vendor } from './field.ts'

export interface ArrayOptions<T = unknown>
  extends Omit<FieldOptions<readonly T[]>, 'choices' | 'primaryKey' | 'dbDefault'> {
  /** How many elements there are at most. */
  readonly size?: number
}

/** A list of values of one field. PostgreSQL alone has such columns. Django's `ArrayField`. */
export class ArrayField extends Field {
  readonly kind = 'array'
  readonly factory = 'array'
  readonly of: Field
  readonly size: number | undefined

  constructor(of: Field, options: ArrayOptions) {
    super('array', options, ['size'])
    if (!(of instanceof Field) || of.kind === 'array' || of.kind === 'json') {
      throw new ImproperlyConfigured(
        'array() takes a field that its elements are of, such as array(integer()); lists of lists and of JSON are a json().',
      )
    }
    this.of = of
    this.size = options.size
  }

  override bind(name: string): this {
    const bound = super.bind(name)
    Object.assign(bound, { of: this.of.bind(name) })
    return bound
  }

  columnType(vendor: Vendor): string {
    if (vendor === 'postgresql') return `${this.of.columnType(vendor)}[]`
    throw new ImproperlyConfigured(
      `The field '${this.name}' is an array, which ${vendor === 'sqlite' ? 'SQLite' : vendor} has no columns for: use json(), or PostgreSQL.`,
    )
  }

  protected encode(value: unknown): SqlValue {
    if (!Array.isArray(value)) return this.refuse(value, 'an array')
    return arrayLiteral(value.map((element) => this.of.toSql(element)))
  }

  override decoder(): Decoder {
    const decode = this.of.decoder()
    return (raw) => {
      const list = raw as unknown as readonly SqlValue[]
      return decode ? list.map((element) => (element === null ? null : decode(element))) : [...list]
    }
  }

  override parse(value: unknown): unknown {
    if (typeof value === 'string') return value.split(',').map((element) => this.of.parse(element.trim()))
    if (!Array.isArray(value)) return super.parse(value)
    return value.map((element) => this.of.parse(element))
  }

  override lookup(name: string): Lookup | undefined {
    return arrayLookups.get(name)
  }

  override transform(name: string): Transform | undefined {
    return elementTransform(this.of, name)
  }

  override deconstruct(): DeconstructedField {
    const { factory, options } = super.deconstruct()
    return { factory, options: { of: this.of, ...options } }
  }
}

/** What stands in a list: the field's values. */
type ListOf<T, O> = T[] | (O extends { readonly null: true } ? null : never)

type IsOptionalArray<O> = O extends { readonly null: true } | { readonly default: unknown } ? true : false

/** A list of values of a field, on PostgreSQL: `array(char({ maxLength: 10, choices: { red: 'Red', blue: 'Blue' } }))`. */
export function array<T, const O extends ArrayOptions<T> = {}>(
  of: Field<T>,
  options?: O & ArrayOptions<T>,
): Field<ListOf<T, O>, IsOptionalArray<O>, false> {
  return new ArrayField(of as Field, options ?? {}) as never
}
