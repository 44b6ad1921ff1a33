import type { SqlValue } from '../backends/database.ts'
import { Field, type FieldOptions, type OnlyKnown, type Vendor } from './field.ts'

interface AutoOptions extends Pick<FieldOptions, 'dbColumn' | 'verboseName' | 'helpText'> {
  readonly primaryKey?: true
}

/** A key that the database numbers. A model that declares no primary key gets `id: bigAuto()`. */
export class AutoField extends Field {
  readonly kind = 'integer'
  readonly factory: string

  constructor(factory: 'smallAuto' | 'auto' | 'bigAuto', options: object = {}) {
    super(factory, { ...options, primaryKey: true })
    this.factory = factory
  }

  /** SQLite numbers rows only in a column that is exactly `integer`; the schema editor adds the rest. */
  columnType(vendor: Vendor): string {
    if (vendor === 'sqlite') return 'integer'
    return { smallAuto: 'smallint', bigAuto: 'bigint' }[this.factory] ?? 'integer'
  }

  protected encode(value: unknown): SqlValue {
    return Number.isSafeInteger(value) ? (value as number) : this.refuse(value, 'an integer')
  }

  override parse(value: unknown): unknown {
    if (typeof value === 'string' && /^\s*\d+\s*$/.test(value)) return Number(value)
    return super.parse(value)
  }
}

/** A primary key of 16 bits, numbered by the database. */
export function smallAuto<const O extends AutoOptions = {}>(
  options?: O & OnlyKnown<O, AutoOptions>,
): Field<number, true, true> {
  return new AutoField('smallAuto', options) as never
}

/** A primary key of 32 bits, numbered by the database. */
export function auto<const O extends AutoOptions = {}>(
  options?: O & OnlyKnown<O, AutoOptions>,
): Field<number, true, true> {
  return new AutoField('auto', options) as never
}

/** A primary key of 64 bits, numbered by the database, and read as a number: 2^53 rows are enough. */
export function bigAuto<const O extends AutoOptions = {}>(
  options?: O & OnlyKnown<O, AutoOptions>,
): Field<number, true, true> {
  return new AutoField('bigAuto', options) as never
}
