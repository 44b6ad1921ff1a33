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

export interface TextOptions extends FieldOptions<string> {
  /** In characters. */
  readonly maxLength?: number
  /** How the database compares and orders the text, where it is not its own way: `'NOCASE'` on SQLite. Django's `db_collation`. */
  readonly dbCollation?: string
}

export interface CharOptions extends TextOptions {
  readonly maxLength: number
}

/** What `fullClean` asks of the text beyond its length. */
export type TextFormat = 'any' | 'slug' | 'email' | 'url'

const defaultMaxLength: Readonly<Record<string, number>> = { slug: 50, email: 254, url: 200 }

/** Text. Django's `CharField`, `TextField`, `SlugField`, `EmailField` and `URLField`. */
export class TextField extends Field {
  readonly kind = 'text'
  readonly factory: string
  readonly format: TextFormat
  readonly maxLength: number | undefined

  constructor(factory: string, options: TextOptions, format: TextFormat = 'any') {
    super(factory, options, ['maxLength', 'dbCollation'])
    this.factory = factory
    this.format = format
    this.maxLength = options.maxLength ?? defaultMaxLength[factory]
  }

  columnType(_vendor: Vendor): string {
    return this.factory === 'text' || this.maxLength === undefined ? 'text' : `varchar(${this.maxLength})`
  }

  protected encode(value: unknown): SqlValue {
    return typeof value === 'string' ? value : this.refuse(value, 'a string')
  }
}

const uuidPattern = /^[\da-f]{8}-?[\da-f]{4}-?[\da-f]{4}-?[\da-f]{4}-?[\da-f]{12}$/i

function hyphenate(raw: SqlValue): string {
  const hex = raw as string
  if (hex.length !== 32) return hex
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** A UUID in its 36-character form; SQLite keeps the 32 digits, as Django does. */
export class UuidField extends Field {
  readonly kind = 'uuid'
  readonly factory = 'uuid'

  columnType(vendor: Vendor): string {
    return vendor === 'postgresql' ? 'uuid' : 'char(32)'
  }

  protected encode(value: unknown): SqlValue {
    if (typeof value !== 'string' || !uuidPattern.test(value)) this.refuse(value, 'a UUID')
    return (value as string).replaceAll('-', '').toLowerCase()
  }

  override decoder(): Decoder {
    return (raw) => {
      const hex = raw as string
      if (hex.length !== 32) return hex
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
    }
  }

  override parse(value: unknown): unknown {
    const raw = this.toSql(value)
    return raw === null ? null : hyphenate(raw)
  }
}

/** Short text. */
export function char<const O extends CharOptions>(
  options: O & OnlyKnown<O, CharOptions>,
): Field<ValueOf<string, O>, IsOptional<O>, IsKey<O>> {
  return new TextField('char', options) as never
}

/** Text of any length. */
export function text<const O extends TextOptions = {}>(
  options?: O & OnlyKnown<O, TextOptions>,
): Field<ValueOf<string, O>, IsOptional<O>, IsKey<O>> {
  return new TextField('text', options ?? {}) as never
}

/** Letters, digits, hyphens and underscores; 50 characters unless told, and indexed. */
export function slug<const O extends TextOptions = {}>(
  options?: O & OnlyKnown<O, TextOptions>,
): Field<ValueOf<string, O>, IsOptional<O>, IsKey<O>> {
  const field = new TextField('slug', options ?? {}, 'slug')
  if (field.options.dbIndex === undefined) Object.assign(field, { dbIndex: true })
  return field as never
}

/** An email address; 254 characters unless told. */
export function email<const O extends TextOptions = {}>(
  options?: O & OnlyKnown<O, TextOptions>,
): Field<ValueOf<string, O>, IsOptional<O>, IsKey<O>> {
  return new TextField('email', options ?? {}, 'email') as never
}

/** An absolute URL; 200 characters unless told. */
export function url<const O extends TextOptions = {}>(
  options?: O & OnlyKnown<O, TextOptions>,
): Field<ValueOf<string, O>, IsOptional<O>, IsKey<O>> {
  return new TextField('url', options ?? {}, 'url') as never
}

/** A UUID, as a string; `default: () => crypto.randomUUID()` makes new ones. */
export function uuid<const O extends FieldOptions<string> = {}>(
  options?: O & OnlyKnown<O, FieldOptions>,
): Field<ValueOf<string, O>, IsOptional<O>, IsKey<O>> {
  return new UuidField('uuid', options ?? {}) as never
}
