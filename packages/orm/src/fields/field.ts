import { didYouMean, ImproperlyConfigured } from '@nuages/foundation'
import { type Text, textOf } from '@nuages/i18n'
import type { SqlValue, Vendor } from '../backends/database.ts'
import { FieldValueError } from '../errors.ts'
import type { Lookup } from '../lookups/lookup.ts'
import type { Transform } from '../lookups/transform.ts'
import type { Expression } from '../query/expressions/expression.ts'
import type { Validator } from '../validation/validator.ts'
import {
  type Choice,
  type ChoiceGroup,
  type Choices,
  type ChoiceValue,
  flatChoices,
  groupedChoices,
} from './choices.ts'
import { databaseDefault } from './database-default.ts'

export type { Vendor } from '../backends/database.ts'

/** What a column holds, and so which lookups it takes and how a dialect writes it. */
export type FieldKind =
  | 'boolean'
  | 'integer'
  | 'bigint'
  | 'float'
  | 'decimal'
  | 'text'
  | 'uuid'
  | 'ipAddress'
  | 'date'
  | 'time'
  | 'dateTime'
  | 'duration'
  | 'json'
  | 'binary'
  | 'array'
  | 'composite'

/** Options that every field with a column takes. */
export interface FieldOptions<Value = unknown> {
  /** The column may be NULL, and the attribute `null`. */
  readonly null?: boolean
  /** `fullClean` accepts an empty value. */
  readonly blank?: boolean
  /** A value, or a function called for each new instance. */
  readonly default?: Value | (() => Value)
  /** A value or an expression that the database gives where none is written: `Now()`. Django's `db_default`. */
  readonly dbDefault?: Value | Expression
  readonly unique?: boolean
  /** The name of a date field: the value is unique among the rows of the same day, which `fullClean` checks. */
  readonly uniqueForDate?: string
  readonly uniqueForMonth?: string
  readonly uniqueForYear?: string
  readonly dbIndex?: boolean
  /** The column's name, where it is not the field's name in snake_case. */
  readonly dbColumn?: string
  readonly primaryKey?: boolean
  /** What PostgreSQL tells people of the column. */
  readonly dbComment?: string
  /** Pairs of value and label, also under headings, or an object of labels; `fullClean` accepts no other value. */
  readonly choices?: Choices<Value>
  readonly verboseName?: Text
  readonly helpText?: Text
  /** What `fullClean` says in place of its own messages, by code: `{ blank: 'Who wrote it?' }`. */
  readonly errorMessages?: Readonly<Record<string, Text>>
  /** Called by `fullClean` with the value; each throws `ValidationError` where it does not accept it. */
  readonly validators?: readonly Validator[]
  /** `false` leaves the field out of model forms and of `fullClean`. */
  readonly editable?: boolean
}

/**
 * The value of a field as `options` make it: narrowed by choices, widened by `null`. No union stands at the top, since editors and
 * errors would show its name, in place of `number | null`.
 */
export type ValueOf<T, O> = O extends { readonly null: true } ? Chosen<T, O> | null : Chosen<T, O>

type Chosen<T, O> = O extends { readonly choices: infer C } ? ChoiceValue<C> : T

/** Whether `create` may leave the field out. */
export type IsOptional<O> = O extends
  | { readonly null: true }
  | { readonly default: unknown }
  | { readonly dbDefault: unknown }
  | { readonly autoNow: true }
  | { readonly autoNowAdd: true }
  ? true
  : false

export type IsKey<O> = O extends { readonly primaryKey: true } ? true : false

/** Turns what the driver gives, never NULL, into an attribute's value. */
export type Decoder = (raw: SqlValue) => unknown

/** Makes keys of `O` that are not in `Known` an error, which a type parameter alone would let through. */
export type OnlyKnown<O, Known> = { readonly [K in Exclude<keyof O, keyof Known>]: never }

const commonOptions = [
  'null',
  'blank',
  'default',
  'dbDefault',
  'unique',
  'uniqueForDate',
  'uniqueForMonth',
  'uniqueForYear',
  'dbIndex',
  'dbColumn',
  'dbComment',
  'primaryKey',
  'choices',
  'verboseName',
  'helpText',
  'errorMessages',
  'validators',
  'editable',
]

/** The options as the rest of the ORM reads them: choices are pairs, whatever form they were given in. */
export interface ReadOptions extends Omit<FieldOptions, 'choices'> {
  readonly choices?: readonly Choice[]
}

/** What a migration needs to write a field down: the factory to call and the options it was given, in a stable order. */
export interface DeconstructedField {
  readonly factory: string
  readonly options: Record<string, unknown>
}

/**
 * One column of a model. `Value` is the attribute's type, `Optional` says whether `create` may leave it out and `Key`
 * whether it is the primary key; the three live in the types alone.
 */
export abstract class Field<Value = unknown, Optional extends boolean = boolean, Key extends boolean = boolean> {
  declare readonly valueType: Value
  declare readonly optional: Optional
  declare readonly key: Key

  /** The factory's name, as a migration writes it. */
  abstract readonly factory: string
  abstract readonly kind: FieldKind

  /** The attribute on an instance: `'publishedAt'`; for a foreign key the key's attribute, `'authorId'`. */
  attribute = ''
  /** The name the model gave it: `'publishedAt'`, `'author'`. */
  name = ''
  /** The name in the database: `'published_at'`, `'author_id'`. */
  column = ''
  readonly options: ReadOptions & Readonly<Record<string, unknown>>
  /** The choices as they are shown, with their headings. */
  readonly choiceGroups: readonly (Choice | ChoiceGroup)[] | undefined
  readonly null: boolean
  readonly blank: boolean
  readonly primaryKey: boolean
  readonly unique: boolean
  readonly dbIndex: boolean
  readonly editable: boolean
  readonly default: unknown

  constructor(factory: string, options: object, ownOptions: readonly string[] = []) {
    const known = [...commonOptions, ...ownOptions]
    for (const option of Object.keys(options)) {
      if (!known.includes(option)) {
        throw new ImproperlyConfigured(
          `${factory}() takes no option '${option}'.${didYouMean(option, known)} Options: ${known.join(', ')}.`,
        )
      }
    }
    const { choices } = options as { choices?: object }
    // A field that extends this one says its kind only once it is made.
    const isNumeric = /integer|float/i.test(factory)
    this.options = (choices === undefined ? options : { ...options, choices: flatChoices(choices, isNumeric) }) as never
    this.choiceGroups = choices && groupedChoices(choices, isNumeric)
    this.null = this.options.null ?? false
    this.blank = this.options.blank ?? false
    this.primaryKey = this.options.primaryKey ?? false
    this.unique = this.primaryKey || (this.options.unique ?? false)
    this.dbIndex = this.options.dbIndex ?? false
    this.editable = this.options.editable ?? true
    this.default = this.options.default
  }

  /** A copy under its name in a model: a declaration may be shared by several models. */
  bind(name: string): this {
    const bound: this = Object.assign(Object.create(Object.getPrototypeOf(this)), this)
    bound.name = name
    // A part of a key of several fields is one in its own model alone.
    Object.assign(bound, { primaryKey: this.options.primaryKey ?? false })
    bound.attribute = bound.attributeFor(name)
    bound.column = this.options.dbColumn ?? snakeCase(bound.attribute)
    return bound
  }

  protected attributeFor(name: string): string {
    return name
  }

  /** The column's type in `CREATE TABLE`, without NULL, keys or constraints. */
  abstract columnType(vendor: Vendor): string

  /**
   * A value as the database takes it. Throws `FieldValueError` where the value is not one of this field. `null` passes.
   */
  toSql(value: unknown): SqlValue {
    if (value === null) return null
    return this.encode(value)
  }

  protected abstract encode(value: unknown): SqlValue

  /** What turns the driver's value into the attribute's; `null` where they are the same. It is never given NULL. */
  decoder(): Decoder | null {
    return null
  }

  /** A transform of the column that no other of its kind need have, by a name that may be any: a key of JSON. */
  transform?(name: string): Transform | undefined

  /** A lookup that the column has beyond those of its kind. */
  lookup?(name: string): Lookup | undefined

  /** Whether the attribute of a row is decoded when it is first read, since that costs more than reading the column. */
  get readsLate(): boolean {
    return false
  }

  /** Whether the column needs `bigint` from the driver. */
  get readsBigints(): boolean {
    return false
  }

  /** The value as `fullClean` sees it: text from a form becomes the field's type. Throws `FieldValueError`. */
  parse(value: unknown): unknown {
    if (value !== null) this.encode(value)
    return value
  }

  get hasDefault(): boolean {
    return this.default !== undefined
  }

  /** Whether the database gives a value where none is written. */
  get hasDbDefault(): boolean {
    return this.options.dbDefault !== undefined
  }

  /** Computed by the database of the row's other columns: it is read, and never written. */
  get generated(): boolean {
    return false
  }

  /**
   * The value of a new instance that was given none: the default, what says that the database gives it, `''` for
   * text and `null` for the rest, as in Django.
   */
  initialValue(): unknown {
    if (typeof this.default === 'function') return (this.default as () => unknown)()
    if (this.default !== undefined) return this.default
    if (this.hasDbDefault) return databaseDefault
    return this.kind === 'text' && !this.null ? '' : null
  }

  /** What is given for a new row as the attribute holds it. */
  fromInput(value: unknown): unknown {
    return value
  }

  /** The value to save: `add` says whether the row is new. Overridden by fields that set themselves (`autoNow`). */
  valueForSave(current: unknown, _add: boolean): unknown {
    return current
  }

  get verboseName(): string {
    return textOf(this.options.verboseName ?? snakeCase(this.name).replaceAll('_', ' '))
  }

  deconstruct(): DeconstructedField {
    const options: Record<string, unknown> = {}
    for (const name of Object.keys(this.options).sort()) options[name] = this.options[name]
    return { factory: this.factory, options }
  }

  protected refuse(value: unknown, expected: string): never {
    throw new FieldValueError(this.name, expected, value)
  }
}

/** `'publishedAt'` → `'published_at'`, `'HTMLPage'` → `'html_page'`. */
export function snakeCase(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
}
