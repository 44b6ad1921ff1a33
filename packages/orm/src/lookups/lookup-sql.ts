import type { Operations } from '../backends/operations.ts'
import type { Field } from '../fields/field.ts'
import type { Fragment } from '../query/fragment.ts'

/** A comparison to be written. */
export interface LookupInput {
  readonly lhs: Fragment
  /** What `lhs` holds. */
  readonly field: Field
  /** `lhs` is a column as it is. */
  readonly isColumn: boolean
  /** The values, each a placeholder or SQL of its own. */
  readonly rhs: readonly Fragment[]
  readonly operations: Operations
}

/** How a lookup is written. Placeholders are bound in the order in which the fragments stand in the result. */
export type LookupSql = (input: LookupInput) => Fragment
