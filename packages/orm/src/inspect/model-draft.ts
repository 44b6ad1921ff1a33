import type { InspectedTable } from '../backends/inspected-table.ts'
import type { Field } from '../fields/field.ts'
import type { Constraint, Index } from '../models/constraints.ts'
import type { PropertyNames } from './property-names.ts'

/** A field of a model that is about to be written. */
export interface FieldDraft {
  readonly name: string
  /** Relations name their target by label, as in a migration. */
  readonly field: Field
  /** The class that a relation leads to. */
  readonly target?: string
  readonly notes: readonly string[]
}

/** The other side of a relation. */
export interface ReverseDraft {
  readonly name: string
  readonly target: string
  readonly via: string
}

/** A model that is about to be written. */
export interface ModelDraft {
  readonly className: string
  readonly table: InspectedTable
  readonly names: PropertyNames
  readonly fields: readonly FieldDraft[]
  readonly indexes: readonly Index[]
  readonly constraints: readonly Constraint[]
  readonly notes: readonly string[]
}
