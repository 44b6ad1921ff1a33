import type { MultipleObjectsReturned, ObjectDoesNotExist } from '../errors.ts'
import type { FullCleanOptions } from '../validation/full-clean.ts'
import type { Attributes, KeyValue } from './attribute.ts'
import type { PartialInput } from './create-input.ts'
import type { ModelMeta } from './model-meta.ts'
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
}

/** What every instance can do. */
export interface InstanceMethods<F> {
  /** The primary key; `null` before the row is saved. */
  id: KeyValue<F>
  readonly pk: KeyValue<F>
  /**
   * Inserts or updates the row; of a row that was read, the columns that changed. Throws `FieldValueError` for a value that
   * its field cannot take and `IntegrityError` where a constraint of the database is broken.
   */
  save(options?: SaveOptions): Promise<void>
  /**
   * Deletes the row and what goes with it; returns how many rows in all, and how many of each model. Throws
   * `ProtectedError` or `RestrictedError` where another row forbids it.
   */
  delete(options?: { readonly using?: string }): Promise<[total: number, byModel: Record<string, number>]>
  /**
   * Checks the row, as a form would: fields, `clean`, uniqueness. Text becomes the field's type. Throws `ValidationError`
   * with all that is wrong, by field.
   */
  fullClean(options?: FullCleanOptions): Promise<void>
  /** What people read of the row, in templates and in the admin: `Post object (1)`. Override it. */
  toString(): string
  /** The columns, for `JSON.stringify`; a bigint is text. */
  toJSON(): Record<string, unknown>
  /** Override it to check a row as a whole; throw `ValidationError`. Called by `fullClean`. */
  clean(): void | Promise<void>
  /** Reads the row again, and forgets relations that were loaded. Throws the model's `DoesNotExist`. */
  refreshFromDb(options?: { readonly using?: string }): Promise<void>
}
