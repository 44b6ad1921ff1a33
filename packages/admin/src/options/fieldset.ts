import type { ComputedColumn } from './column.ts'
import type { FormFieldName, MemberName } from './paths.ts'

/** A field that the form of `form` has and the model has not. */
export interface FormOnlyField {
  readonly formField: string
}

/** A field of the form, or what is shown there and not edited: a member of the instance, something computed. */
export type FormItem<M> = FormFieldName<M> | MemberName<M> | ComputedColumn<M> | FormOnlyField

/** Fields below each other; those in an array of their own stand side by side. */
export type FormItems<M> = readonly (FormItem<M> | readonly FormItem<M>[])[]

/** Fields under a heading. */
export interface FieldsetSpec<M> {
  /** The heading. */
  readonly name?: string
  readonly fields: FormItems<M>
  readonly description?: string
  /** `'collapse'` folds it; others are classes of the element. */
  readonly classes?: readonly string[]
}
