import type { Field } from '../fields/field.ts'
import type { ForeignKey, OneToOne } from '../relations/foreign-key.ts'
import type { ManyToMany } from '../relations/many-to-many.ts'
import type { RelatedManager } from '../relations/related-manager.ts'
import type { ReverseRelation } from '../relations/reverse.ts'
import type { FieldsOf, Instance } from './model-class.ts'

/** A related row that is not loaded: its key may be read, all else after `await`. */
export interface Ref<I> extends PromiseLike<I> {
  readonly id: KeyOfRow<I>
}

/** The type of a row's primary key. */
export type KeyOfRow<I> = I extends { id: infer K } ? K : never

/** A row that may not be there: the other side of a one-to-one. */
export interface OptionalRef<I> extends PromiseLike<I | null> {}

/** The value type of the primary key of a model with fields `F`: a number, unless the model declares its own. */
export type KeyValue<F> = [DeclaredKey<F>] extends [never] ? number : DeclaredKey<F>

/** What a row has under `id`: the field of that name where there is one, else the key. */
export type IdValue<F> = F extends { readonly id: { readonly valueType: infer T } } ? T : KeyValue<F>

type DeclaredKey<F> = {
  [K in keyof F]: F[K] extends { readonly valueType: infer T; readonly key: true } ? T : never
}[keyof F]

/** What an instance has under a field's name. */
export type Attribute<F> =
  F extends Field<infer T>
    ? T
    : F extends ForeignKey<infer M, infer Null, boolean> | OneToOne<infer M, infer Null, boolean>
      ? Ref<Instance<M>> | Instance<M> | (Null extends true ? null : never)
      : F extends ManyToMany<infer M>
        ? RelatedManager<M>
        : F extends ReverseRelation<infer M, infer Via>
          ? ReverseAttribute<M, Via>
          : never

type ReverseAttribute<M, Via> = Via extends keyof FieldsOf<M>
  ? FieldsOf<M>[Via] extends OneToOne<unknown, boolean, boolean>
    ? OptionalRef<Instance<M>> | Instance<M> | null
    : RelatedManager<M>
  : never

/**
 * What stands beside the fields: the plain properties that hold foreign keys, `authorId` beside `author`; and
 * `getStatusDisplay()` beside a `status` that has choices: the label of its value. Django's `get_status_display`. One mapped
 * type for both: the compiler goes over the fields of every model once.
 */
export type DerivedAttributes<F> = {
  -readonly [K in keyof F & string as DerivedName<F[K], K>]: Derived<F[K]>
}

type DerivedName<X, K extends string> = X extends { readonly nullable: boolean }
  ? `${K}Id`
  : X extends { readonly valueType: infer T }
    ? IsChoice<T> extends true
      ? `get${Capitalize<K>}Display`
      : never
    : never

type Derived<X> = X extends { readonly to: infer M; readonly nullable: infer Null }
  ? KeyValue<FieldsOf<M>> | (Null extends true ? null : never)
  : () => string

/** Whether a type is some texts or numbers rather than any: that is what choices make of it. */
type IsChoice<T> = [T] extends [string | number | bigint | null]
  ? [T] extends [null]
    ? false
    : string extends T
      ? false
      : number extends T
        ? false
        : bigint extends T
          ? false
          : true
  : false

/** All that a row has by its declaration. */
export type Attributes<F> = { -readonly [K in keyof F]: Attribute<F[K]> } & DerivedAttributes<F>
