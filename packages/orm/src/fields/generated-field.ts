import { didYouMean, ImproperlyConfigured } from '@nuages/foundation'
import type { SqlValue } from '../backends/database.ts'
import { FieldValueError } from '../errors.ts'
import type { Expression } from '../query/expressions/expression.ts'
import { type Decoder, Field, type FieldKind, type FieldOptions, type OnlyKnown, type Vendor } from './field.ts'

export interface GeneratedOptions<F = unknown>
  extends Pick<FieldOptions, 'dbColumn' | 'dbComment' | 'dbIndex' | 'unique' | 'verboseName' | 'helpText'> {
  /** What the column holds, of the other columns of the row: `F('width').multiply(F('height'))`. */
  readonly expression: Expression
  /** A field that says what type it is of: `integer({ null: true })`. */
  readonly outputField: F
  /** `true` computes it when the row is written, `false` when it is read, which PostgreSQL can from version 18 on. */
  readonly dbPersist: boolean
}

const ownOptions = ['expression', 'outputField', 'dbPersist']

/** A column that the database computes of others. It is read like one of its `outputField`, and never written. */
export class GeneratedField extends Field {
  readonly factory = 'generated'
  readonly expression: Expression
  readonly dbPersist: boolean
  #output: Field

  constructor(options: GeneratedOptions) {
    super('generated', options, ownOptions)
    for (const option of ['default', 'dbDefault', 'primaryKey', 'null', 'blank', 'editable'] as const) {
      if (option in options) {
        throw new ImproperlyConfigured(
          `generated() takes no option '${option}': the database computes the value.${didYouMean(option, ownOptions)}`,
        )
      }
    }
    const { expression, outputField, dbPersist } = options
    if (!(outputField instanceof Field) || expression === undefined || typeof dbPersist !== 'boolean') {
      throw new ImproperlyConfigured(
        'generated() needs an expression, an outputField such as integer(), and dbPersist: true (stored) or false.',
      )
    }
    this.expression = expression
    this.dbPersist = dbPersist
    this.#output = outputField
    Object.assign(this, { null: outputField.null, editable: false, blank: true })
  }

  override bind(name: string): this {
    const bound: GeneratedField = new GeneratedField(this.options as never)
    bound.name = name
    bound.attribute = name
    bound.column = super.bind(name).column
    bound.#output = this.#output.bind(name)
    return bound as this
  }

  get outputField(): Field {
    return this.#output
  }

  get kind(): FieldKind {
    return this.#output.kind
  }

  override get generated(): boolean {
    return true
  }

  columnType(vendor: Vendor): string {
    return this.#output.columnType(vendor)
  }

  protected encode(value: unknown): SqlValue {
    return this.#output.toSql(value)
  }

  override decoder(): Decoder | null {
    return this.#output.decoder()
  }

  override get readsBigints(): boolean {
    return this.#output.readsBigints
  }

  override parse(value: unknown): unknown {
    return this.#output.parse(value)
  }

  /** Nothing is known of it before the row is saved. */
  override initialValue(): unknown {
    return undefined
  }

  override fromInput(value: unknown): unknown {
    throw new FieldValueError(this.name, 'left out: the database computes it', value)
  }
}

/**
 * A column that the database computes. Of both `true` and `false` that `Field` says of being left out, it is neither, so that
 * `create` does not take it. Django's `GeneratedField`.
 */
export function generated<T, const O extends GeneratedOptions<Field<T>>>(
  options: O & GeneratedOptions<Field<T>> & OnlyKnown<O, GeneratedOptions>,
): Field<T, boolean, false> {
  return new GeneratedField(options as GeneratedOptions) as never
}
