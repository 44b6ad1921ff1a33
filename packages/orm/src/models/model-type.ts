import type { MultipleObjectsReturned, ObjectDoesNotExist, ObjectNotUpdated } from '../errors.ts'
import type { Field } from '../fields/field.ts'
import type { FullCleanOptions } from '../validation/full-clean.ts'
import type { Attributes, IdValue, KeyValue } from './attribute.ts'
import type { PartialInput } from './create-input.ts'
import type { ModelMeta } from './model-meta.ts'
import type { RefreshOptions } from './refresh-row.ts'
import type { SaveOptions } from './save-row.ts'

/** The class that `Model` makes for fields `F`. */
export interface ModelType<F> {
  new (values?: PartialInput<F>): Attributes<F> & InstanceMethods<F>
  readonly prototype: Attributes<F> & InstanceMethods<F>
  readonly fields: F
  /** What the ORM knows of the model. Throws `ImproperlyConfigured` before an app has registered it. */
  readonly meta: ModelMeta
  /** Thrown by `get` where no row answers; an `ObjectDoesNotExist`. */
  readonly DoesNotExist: new (
    message: string,
  ) => ObjectDoesNotExist
  /** Thrown by `get` where several rows answer. */
  readonly MultipleObjectsReturned: new (
    message: string,
  ) => MultipleObjectsReturned
  /** Thrown by `save` with `forceUpdate` or `updateFields` where the database has no such row. */
  readonly NotUpdated: new (
    message: string,
  ) => ObjectNotUpdated
}

/** The names of fields that hold dates or points in time and may not be null. */
export type DateName<F> = {
  [K in keyof F & string]: F[K] extends Field<infer T>
    ? [T] extends [Temporal.PlainDate | Temporal.Instant]
      ? K
      : never
    : never
}[keyof F & string]

interface Excluding {
  readonly exclude?: readonly string[]
}

/** What every instance can do. */
export interface InstanceMethods<F> {
  /** The primary key; `null` before the row is saved. */
  id: IdValue<F>
  readonly pk: KeyValue<F>
  /**
   * Inserts or updates the row; of a row that was read, the columns that changed. Throws `FieldValueError` for a value that
   * its field cannot take, `IntegrityError` where a constraint of the database is broken, the model's `NotUpdated` where a row
   * that must be there is not, and `StaleRowError` where the model has a `version()` and the row has changed meanwhile.
   */
  save(options?: SaveOptions): Promise<void>
  /**
   * Deletes the row and what goes with it; returns how many rows in all, and how many of each model. Throws
   * `ProtectedError` or `RestrictedError` where another row forbids it.
   */
  delete(options?: { readonly using?: string }): Promise<[total: number, byModel: Record<string, number>]>
  /**
   * Checks the row, as a form would: fields, `clean`, uniqueness, constraints. Text becomes the field's type. Throws
   * `ValidationError` with all that is wrong, by field.
   */
  fullClean(options?: FullCleanOptions): Promise<void>
  /** The first part of `fullClean`: each field by itself. */
  cleanFields(options?: Excluding): Promise<void>
  /** The part of `fullClean` that asks whether another row has what must be unique. */
  validateUnique(options?: Excluding): Promise<void>
  /** The last part of `fullClean`: the constraints that the model declares. */
  validateConstraints(options?: Excluding): Promise<void>
  /** What people read of the row, in templates and in the admin: `Post object (1)`. Override it. */
  toString(): string
  /** The columns, for `JSON.stringify`; a bigint is text. */
  toJSON(): Record<string, unknown>
  /** Override it to check a row as a whole; throw `ValidationError`. Called by `fullClean`. */
  clean(): void | Promise<void>
  /**
   * Reads the row again, and forgets relations that were loaded; with `fields`, those alone. Throws the model's
   * `DoesNotExist`.
   */
  refreshFromDb(options?: RefreshOptions): Promise<void>
  /** Whether both are the same row: of the same model, with the same key. Rows that were never saved equal themselves alone. */
  equals(other: unknown): boolean
  /** The names of the fields whose columns `defer` or `only` left out, and that nobody has asked for since. */
  getDeferredFields(): Set<string>
  /** The next row by a date, of those that answer the conditions; among equals by the key. Throws the model's `DoesNotExist`. */
  getNextBy(field: DateName<F>, conditions?: Readonly<Record<string, unknown>>): Promise<this>
  /** The row before, as `getNextBy` gives the next. */
  getPreviousBy(field: DateName<F>, conditions?: Readonly<Record<string, unknown>>): Promise<this>
}
