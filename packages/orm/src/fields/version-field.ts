import type { DeconstructedField, Field, FieldOptions, OnlyKnown } from './field.ts'
import { IntegerField } from './number-fields.ts'

interface VersionOptions extends Pick<FieldOptions, 'dbColumn' | 'verboseName' | 'helpText'> {}

/** Counts the changes of a row, so that a save of what somebody else has changed meanwhile is refused. */
export class VersionField extends IntegerField {
  constructor(options: VersionOptions = {}) {
    super('version', { ...options, default: 1, editable: false })
    Object.assign(this, { range: [1, 2_147_483_647] })
  }

  /** What the factory itself sets is not written down. */
  override deconstruct(): DeconstructedField {
    const { factory, options } = super.deconstruct()
    const { default: _default, editable: _editable, ...rest } = options
    return { factory, options: rest }
  }
}

/**
 * Optimistic locking: the row's number of changes. `save`, `delete` and `bulkUpdate` write a row only where the database still
 * has the version that the row has, and throw `StaleRowError` otherwise; every change counts it up. A model has one at most.
 */
export function version<const O extends VersionOptions = {}>(
  options?: O & OnlyKnown<O, VersionOptions>,
): Field<number, true> {
  return new VersionField(options) as never
}
