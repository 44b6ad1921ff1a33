import type {
  Field,
  FieldsOf,
  ForeignKey,
  Instance,
  InstanceMethods,
  ManyToMany,
  OneToOne,
  ReverseRelation,
} from '@nuages/orm'
import type { AnyModel } from './any-model.ts'

type KeyTo<M> = ForeignKey<M, boolean, boolean> | OneToOne<M, boolean, boolean>

/** How many relations a name may still follow. */
type Fewer = { readonly 3: 2; readonly 2: 1; readonly 1: 0 }
type Depth = 0 | keyof Fewer

type Below<F, D extends Depth> = D extends keyof Fewer
  ? {
      [K in keyof F & string]: F[K] extends KeyTo<infer M> | ManyToMany<infer M> | ReverseRelation<infer M, unknown>
        ? `${K}__${PathIn<FieldsOf<M>, Fewer[D]>}`
        : never
    }[keyof F & string]
  : never

type PathIn<F, D extends Depth> = (keyof F & string) | 'id' | 'pk' | Below<F, D>

/** A field of the model, or a path over up to two relations to one: `'title'`, `'author__name'`. */
export type FieldPath<M> = M extends AnyModel ? string : PathIn<FieldsOf<M>, 2>

/** A path with an order: `'-publishedAt'`. */
export type OrderingPath<M> = FieldPath<M> | `-${FieldPath<M>}` | '?'

/** A path that is searched: anywhere in the text, `^` at its start, `=` all of it (each without regard to case). */
export type SearchPath<M> = `${'' | '^' | '='}${FieldPath<M>}`

/** A field that a form may show: a column or a many-to-many, not the key and not a reverse. */
export type FormFieldName<M> = M extends AnyModel
  ? string
  : keyof {
      [K in keyof FieldsOf<M> & string as FieldsOf<M>[K] extends ReverseRelation<unknown, unknown> ? never : K]: true
    }

/** A foreign key or a one-to-one. */
export type ForeignKeyName<M> = M extends AnyModel
  ? string
  : keyof {
      [K in keyof FieldsOf<M> & string as FieldsOf<M>[K] extends KeyTo<unknown> ? K : never]: true
    }

/** A many-to-many. */
export type ManyToManyName<M> = M extends AnyModel
  ? string
  : keyof {
      [K in keyof FieldsOf<M> & string as FieldsOf<M>[K] extends ManyToMany<unknown> ? K : never]: true
    }

/** A column that holds text. */
export type TextFieldName<M> = M extends AnyModel
  ? string
  : keyof {
      [K in keyof FieldsOf<M> & string as FieldsOf<M>[K] extends Field<infer T>
        ? Exclude<T, null> extends string
          ? K
          : never
        : never]: true
    }

/** A column that holds dates or points in time. */
export type DatePath<M> = M extends AnyModel
  ? string
  : keyof {
      [K in keyof FieldsOf<M> & string as FieldsOf<M>[K] extends Field<infer T>
        ? Exclude<T, null> extends Temporal.PlainDate | Temporal.Instant
          ? K
          : never
        : never]: true
    }

/** What an instance has besides its fields: getters, and methods that are called without arguments. */
export type MemberName<M> = M extends AnyModel
  ? string
  : Exclude<keyof Instance<M> & string, keyof InstanceMethods<unknown> | keyof FieldsOf<M>> | 'toString'
