import { inspect } from 'node:util'
import { NuagesError } from '@nuages/foundation'

/** A name in a query, in `values` or in an ordering that the model does not have. Django's `FieldError`. */
export class FieldError extends NuagesError {
  constructor(message: string) {
    super('field-error', message)
  }
}

/** A value that its field cannot take, met while a query was built or a row saved. */
export class FieldValueError extends NuagesError {
  readonly field: string
  readonly expected: string
  readonly #value: unknown

  constructor(field: string, expected: string, value: unknown) {
    const shown = inspect(value, { depth: 0, maxStringLength: 60, breakLength: Number.POSITIVE_INFINITY })
    super('field-value', `Field '${field}' expected ${expected}, got ${shown}.`)
    this.field = field
    this.expected = expected
    this.#value = value
  }

  /** The same under the name that the caller wrote. */
  under(name: string): FieldValueError {
    return new FieldValueError(name, this.expected, this.#value)
  }
}

/** No row answered. Every model has its own subclass: `Book.DoesNotExist`. Django's `ObjectDoesNotExist`. */
export class ObjectDoesNotExist extends NuagesError {
  constructor(message: string) {
    super('does-not-exist', message)
  }
}

/** More rows than one answered. Every model has its own subclass: `Book.MultipleObjectsReturned`. */
export class MultipleObjectsReturned extends NuagesError {
  constructor(message: string) {
    super('multiple-objects-returned', message)
  }
}

/** A row that others point to with `PROTECT` was to be deleted. */
export class ProtectedError extends NuagesError {
  /** The first 1,000 of the rows that point to it. */
  readonly protectedObjects: readonly object[]

  constructor(message: string, protectedObjects: readonly object[]) {
    super('protected', message)
    this.protectedObjects = protectedObjects
  }
}

/** A row that others point to with `RESTRICT`, and that are not deleted with it, was to be deleted. */
export class RestrictedError extends NuagesError {
  /** The first 1,000 of the rows that point to it. */
  readonly restrictedObjects: readonly object[]

  constructor(message: string, restrictedObjects: readonly object[]) {
    super('restricted', message)
    this.restrictedObjects = restrictedObjects
  }
}

/** A queryset was asked for something its state does not allow, such as filtering a slice. */
export class QueryError extends NuagesError {
  constructor(message: string, code = 'query-error') {
    super(code, message)
  }
}

/** A row that was to be updated is not in the database. Every model has its own subclass: `Book.NotUpdated`. Django's `ObjectNotUpdated`. */
export class ObjectNotUpdated extends QueryError {
  constructor(message: string, code = 'not-updated') {
    super(message, code)
  }
}

/** What was not loaded was read of a row whose queryset said `fetchMode('raise')`. Django's `FieldFetchBlocked`. */
export class FieldFetchBlocked extends FieldError {}

/** A row with a `version()` was changed or deleted by somebody else since it was read, so that it was neither written nor deleted. */
export class StaleRowError extends ObjectNotUpdated {
  /** The row as it was to be written. */
  readonly row: object

  constructor(message: string, row: object) {
    super(message, 'stale-row')
    this.row = row
  }
}
