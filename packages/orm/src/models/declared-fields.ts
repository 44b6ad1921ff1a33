import type { CompositeKey } from '../fields/composite-key-field.ts'
import type { Field } from '../fields/field.ts'
import type { KeyValue } from './attribute.ts'
import type { FieldsOf } from './model-class.ts'

/**
 * The fields of a model as its type has them: a key of several fields is a field whose value is the list of theirs. Of both `true`
 * and `false` that `Field` says of being left out it is neither, so that `create` takes its parts in its place.
 */
export type DeclaredFields<F> = F extends { readonly pk: CompositeKey<infer Names> }
  ? Omit<F, 'pk'> & { readonly pk: Field<{ -readonly [I in keyof Names]: PartValue<F, Names[I]> }, boolean, true> }
  : F

/** The value of a part of a key: of a field, or under a foreign key's attribute the key that it holds. */
type PartValue<F, Name> = Name extends keyof F
  ? F[Name] extends { readonly valueType: infer T }
    ? T
    : never
  : Name extends `${infer Relation}Id`
    ? Relation extends keyof F
      ? F[Relation] extends { readonly to: infer M; readonly nullable: boolean }
        ? KeyValue<FieldsOf<M>>
        : never
      : never
    : never
