import type {
  Field,
  FieldFile,
  FieldsOf,
  ForeignKey,
  Instance,
  ManyToMany,
  OneToOne,
  ReverseRelation,
} from '@nuages/orm'
import type { FormField } from '../fields/form-field.ts'
import type { FormFile } from '../fields/form-file.ts'

/** The names that a form of a model may have: its columns and many-to-many relations, not the other sides of relations. */
export type EditableName<M> = {
  [K in keyof FieldsOf<M> & string]: FieldsOf<M>[K] extends ReverseRelation<unknown, unknown> ? never : K
}[keyof FieldsOf<M> & string]

/**
 * What a form gives for one field of a model: the value of a column, the row that a foreign key names, the rows of a
 * many-to-many; of a file, the one that was sent or is there, and `false` for one that is to go.
 */
export type EditedValue<X> =
  X extends Field<infer T>
    ? [NonNullable<T>] extends [FieldFile]
      ? FormFile | (null extends T ? null | false : never)
      : T
    : X extends ForeignKey<infer M, infer Null, boolean> | OneToOne<infer M, infer Null, boolean>
      ? Instance<M> | (Null extends true ? null : never)
      : X extends ManyToMany<infer M>
        ? Instance<M>[]
        : never

/** The form fields of the fields `K` of a model. */
export type EditedFields<M, K> = {
  readonly [N in keyof FieldsOf<M> & string as N extends K ? N : never]: FormField<EditedValue<FieldsOf<M>[N]>>
}
