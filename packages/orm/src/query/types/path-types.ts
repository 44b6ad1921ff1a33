import type { CompositeKey } from '../../fields/composite-key-field.ts'
import type { Field } from '../../fields/field.ts'
import type { LookupsOf, LookupValue, PartsOf, PathError, Transformed } from '../../lookups/lookup-types.ts'
import type { KeyValue, Ref } from '../../models/attribute.ts'
import type { Accepted } from '../../models/create-input.ts'
import type { FieldsOf, Instance } from '../../models/model-class.ts'
import type { ForeignKey, OneToOne } from '../../relations/foreign-key.ts'
import type { ManyToMany } from '../../relations/many-to-many.ts'
import type { ReverseRelation } from '../../relations/reverse.ts'
import type { QuerySource } from '../query.ts'
import type { AnnotationsOf } from './row-types.ts'

type KeyField<M, Null extends boolean> = ForeignKey<M, Null, boolean> | OneToOne<M, Null, boolean>
type AnyRelation<M> = KeyField<M, boolean> | ManyToMany<M> | ReverseRelation<M, unknown>

/**
 * The field that a name stands for: one of the model, the key of a relation (`authorId`), the primary key, or an annotation
 * of the queryset `Q`, which is looked at last, so that names of fields are known where `Q` is not yet (a queryset's own
 * methods).
 */
type Named<F, Name extends string, Q> = Name extends keyof F
  ? F[Name]
  : Name extends 'id' | 'pk'
    ? Field<KeyValue<F>>
    : Name extends `${infer Relation}Id`
      ? Relation extends keyof F
        ? F[Relation] extends { readonly to: infer M; readonly nullable: infer Null }
          ? Field<KeyValue<FieldsOf<M>> | (Null extends true ? null : never)>
          : Annotation<Name, Q>
        : Annotation<Name, Q>
      : Annotation<Name, Q>

type Annotation<Name extends string, Q> = Name extends keyof AnnotationsOf<Q>
  ? AnnotationsOf<Q>[Name] extends FilteredRows<unknown>
    ? AnnotationsOf<Q>[Name]
    : Field<AnnotationsOf<Q>[Name]>
  : PathError<`no field '${Name}'`>

/** What a relation to `M` is compared with: rows, or their keys. */
type RelatedValue<M> = Instance<M> | Ref<Instance<M>> | KeyValue<FieldsOf<M>>

interface RelationLookups<M> {
  exact: RelatedValue<M> | null
  in: readonly RelatedValue<M>[] | QuerySource
  isnull: boolean
  gt: KeyValue<FieldsOf<M>>
  gte: KeyValue<FieldsOf<M>>
  lt: KeyValue<FieldsOf<M>>
  lte: KeyValue<FieldsOf<M>>
}

/** The value that a key of `filter` takes, or a `PathError` that says which name is wrong. */
export type PathValue<F, P extends string, Q = unknown> = P extends keyof F
  ? Exactly<F[P], F>
  : P extends `${infer Head}__${infer Rest}`
    ? Head extends keyof F
      ? After<F[Head], Rest, F>
      : After<Named<F, Head, Q>, Rest, F>
    : Exactly<Named<F, P, Q>, F>

type Exactly<X, F> = X extends { readonly valueType: infer T }
  ? Accepted<T>
  : X extends { readonly to: infer M; readonly nullable: infer Null }
    ? RelatedValue<M> | (Null extends true ? null : never)
    : X extends { readonly to: infer M }
      ? RelatedValue<M> | null
      : X extends CompositeKey<readonly string[]>
        ? Readonly<KeyValue<F>>
        : X

type After<X, Rest extends string, F> = X extends { readonly valueType: infer T }
  ? LookupValue<T, Rest>
  : X extends { readonly to: infer M }
    ? Rest extends keyof RelationLookups<unknown>
      ? RelationLookups<M>[Rest]
      : PathValue<FieldsOf<M>, Rest>
    : X extends CompositeKey<readonly string[]>
      ? CompositeLookup<KeyValue<F>, Rest>
      : X

/** What a key of several fields is compared with. */
type CompositeLookup<K, Name extends string> = Name extends 'exact' | 'gt' | 'gte' | 'lt' | 'lte'
  ? Readonly<K>
  : Name extends 'in'
    ? readonly Readonly<K>[] | QuerySource
    : Name extends 'isnull'
      ? boolean
      : PathError<`no lookup '${Name}'`>

/** The keys that editors complete: own fields with their lookups, and relations. */
export type OwnKeys<F> =
  | {
      [K in keyof F & string]: F[K] extends { readonly valueType: infer T }
        ? K | `${K}__${keyof LookupsOf<T> & string}`
        : F[K] extends KeyField<unknown, boolean>
          ? K | `${K}Id` | `${K}__isnull`
          : K
    }[keyof F & string]
  | 'id'
  | 'pk'

/** A path, of which editors complete the first name. */
export type PathHint<F> = (keyof F & string) | (string & {})

/** A path with or without `-` in front. */
export type OrderHint<F> = (keyof F & string) | `-${keyof F & string}` | (string & {})

export type Hint<F> = { readonly [K in OwnKeys<F>]?: unknown }

/** The rows of a relation that answer a condition, under a name of their own. */
export interface FilteredRows<M> {
  readonly relation: 'filtered'
  readonly to: M
}

/** The relation that a path leads to, as `FilteredRelation` gives it another name; or what is wrong with the path. */
export type RelationAt<F, P extends string> =
  CheckedRelation<F, P> extends PathError<infer Message> ? PathError<Message> : FilteredRows<TargetAt<F, P>>

type TargetAt<F, P extends string> = P extends `${infer Head}__${infer Rest}`
  ? Head extends keyof F
    ? F[Head] extends { readonly to: infer M }
      ? TargetAt<FieldsOf<M>, Rest>
      : never
    : never
  : P extends keyof F
    ? F[P] extends { readonly to: infer M }
      ? M
      : never
    : never

/** The value that a path has in a result of `values`: outer joins may find nothing. */
export type ValueAt<F, P extends string, Q = unknown> = P extends `${infer Head}__${infer Rest}`
  ? Inside<Named<F, Head, Q>, Rest>
  : Value<Named<F, P, Q>, F>

type Value<X, F> = X extends { readonly valueType: infer T }
  ? T
  : X extends { readonly to: infer M; readonly nullable: infer Null }
    ? KeyValue<FieldsOf<M>> | (Null extends true ? null : never)
    : X extends { readonly to: infer M }
      ? KeyValue<FieldsOf<M>> | null
      : X extends CompositeKey<readonly string[]>
        ? KeyValue<F>
        : X

type Inside<X, Rest extends string> = X extends { readonly to: infer M; readonly nullable: infer Null }
  ? ValueAt<FieldsOf<M>, Rest> | (Null extends true ? null : never)
  : X extends { readonly to: infer M }
    ? ValueAt<FieldsOf<M>, Rest> | null
    : X extends { readonly valueType: infer T }
      ? PartAt<T, Rest>
      : X

/** A part of a date or time: `created__year`. */
type PartAt<T, Names extends string> = Names extends keyof PartsOf<T>
  ? PartsOf<T>[Names] | Extract<T, null>
  : Names extends `${infer Part}__${infer Rest}`
    ? Part extends keyof PartsOf<T>
      ? PartAt<PartsOf<T>[Part], Rest> | Extract<T, null>
      : Transformed<T, Part> extends PathError<string>
        ? PathError<`no field '${Part}'`>
        : PartAt<Transformed<T, Part>, Rest> | Extract<T, null>
    : Transformed<T, Names> extends PathError<string>
      ? PathError<`no field '${Names}'`>
      : Transformed<T, Names> | Extract<T, null>

/** `P` where it is a path of columns and relations, else a `PathError`. */
export type CheckedPath<F, P extends string, Q> =
  ValueAt<F, P, Q> extends infer V ? (V extends PathError<string> ? V : P) : never

/** `P` where it is a path to dates or points in time. */
export type CheckedDate<F, P extends string> =
  ValueAt<F, P> extends infer V
    ? V extends PathError<string>
      ? V
      : [Exclude<V, null>] extends [Temporal.PlainDate | Temporal.Instant]
        ? P
        : PathError<`'${P}' holds no dates`>
    : never

/** `P` where it is a path to points in time. */
export type CheckedMoment<F, P extends string> =
  ValueAt<F, P> extends infer V
    ? V extends PathError<string>
      ? V
      : [Exclude<V, null>] extends [Temporal.Instant]
        ? P
        : PathError<`'${P}' holds no points in time`>
    : never

/** A path as `orderBy` takes it. */
export type CheckedOrder<F, P extends string, Q> = P extends '?'
  ? P
  : P extends `-${infer Path}`
    ? ValueAt<F, Path, Q> extends PathError<infer Message>
      ? PathError<Message>
      : P
    : ValueAt<F, P, Q> extends PathError<infer Message>
      ? PathError<Message>
      : P

/** Paths over relations to one row, as `selectRelated` takes them, and what they make of a row. */
export type Loaded<F, P extends string> = P extends `${infer Head}__${infer Rest}`
  ? Head extends keyof F
    ? F[Head] extends { readonly to: infer M; readonly nullable: infer Null }
      ? { readonly [K in Head]: (Instance<M> & Loaded<FieldsOf<M>, Rest>) | (Null extends true ? null : never) }
      : F[Head] extends ReverseRelation<infer M, unknown>
        ? { readonly [K in Head]: (Instance<M> & Loaded<FieldsOf<M>, Rest>) | null }
        : {}
    : {}
  : P extends keyof F
    ? F[P] extends { readonly to: infer M; readonly nullable: infer Null }
      ? { readonly [K in P]: Instance<M> | (Null extends true ? null : never) }
      : F[P] extends ReverseRelation<infer M, unknown>
        ? { readonly [K in P]: Instance<M> | null }
        : {}
    : {}

/** `P` where it leads over relations to one row at most. */
export type CheckedSingle<F, P extends string> = P extends `${infer Head}__${infer Rest}`
  ? Single<Named<F, Head, unknown>> extends { readonly to: infer M }
    ? CheckedSingle<FieldsOf<M>, Rest> extends PathError<infer Message>
      ? PathError<Message>
      : P
    : PathError<`'${Head}' is no relation to one row`>
  : Single<Named<F, P, unknown>> extends { readonly to: unknown }
    ? P
    : PathError<`'${P}' is no relation to one row`>

/** A relation to one row, else nothing. */
type Single<X> =
  X extends KeyField<unknown, boolean>
    ? X
    : X extends ReverseRelation<infer M, infer Via>
      ? Via extends keyof FieldsOf<M>
        ? FieldsOf<M>[Via] extends OneToOne<unknown, boolean, boolean>
          ? X
          : undefined
        : undefined
      : undefined

/** `P` where it leads over relations of any kind. */
export type CheckedRelation<F, P extends string> = P extends `${infer Head}__${infer Rest}`
  ? Named<F, Head, unknown> extends AnyRelation<infer M>
    ? CheckedRelation<FieldsOf<M>, Rest> extends PathError<infer Message>
      ? PathError<Message>
      : P
    : PathError<`'${Head}' is no relation`>
  : Named<F, P, unknown> extends AnyRelation<unknown>
    ? P
    : PathError<`'${P}' is no relation`>

export type IntersectionOf<U> = (U extends unknown ? (value: U) => void : never) extends (value: infer I) => void
  ? I
  : never
