import type { FileContent } from '@nuages/files'
import type { Decimal } from 'decimal.js'
import type { Field } from '../fields/field.ts'
import type { FieldFile } from '../fields/files/field-file.ts'
import type { Description, Valued } from '../query/expressions/value-types.ts'
import type { ForeignKey, OneToOne } from '../relations/foreign-key.ts'
import type { IdValue, KeyValue, Ref } from './attribute.ts'
import type { FieldsOf, Instance } from './model-class.ts'

/**
 * What a field accepts where it is compared with a value: a decimal also as text or number, a bigint also as a number, a file
 * also as its stored name.
 */
export type Accepted<T> = T extends Decimal
  ? Decimal | string | number
  : T extends bigint
    ? bigint | number
    : T extends FieldFile
      ? FieldFile | string
      : T extends readonly [unknown, ...unknown[]]
        ? Readonly<T>
        : T extends readonly (infer E)[]
          ? readonly E[]
          : T

/** What a field accepts where its value is set: a file also as the upload that is to be stored. */
export type Settable<T> = Accepted<T> | (T extends FieldFile ? FileContent : never) | Computed<T>

/** An expression that the database computes a value of: `Now()`. What depends on its arguments is checked when it runs. */
type Computed<T> = Valued<T | Description | null>

type Key<M, Null> = KeyValue<FieldsOf<M>> | (Null extends true ? null : never)
type Row<M, Null> = Instance<M> | Ref<Instance<M>> | (Null extends true ? null : never)

type AnyKey<M, Null extends boolean, Optional extends boolean> =
  | ForeignKey<M, Null, Optional>
  | OneToOne<M, Null, Optional>

/** A foreign key that must be given: as the row or as its key, not both. */
type RequiredKey<K extends string, M, Null> =
  | ({ readonly [P in K]: Row<M, Null> } & { readonly [P in `${K}Id`]?: never })
  | ({ readonly [P in `${K}Id`]: Key<M, Null> } & { readonly [P in K]?: never })

type RequiredKeys<F> = {
  [K in keyof F & string]: F[K] extends AnyKey<infer M, infer Null, false>
    ? (input: RequiredKey<K, M, Null>) => void
    : never
}[keyof F & string] extends infer Takers
  ? [Takers] extends [never]
    ? unknown
    : (Takers extends (input: infer I) => void ? (input: I) => void : never) extends (input: infer All) => void
      ? All
      : unknown
  : unknown

/** What `create` takes: required are the columns without null, default or a value that the database gives. */
export type CreateInput<F> = {
  readonly [K in keyof F as F[K] extends Field<unknown, false> ? K : never]: F[K] extends Field<infer T>
    ? Settable<T>
    : never
} & {
  readonly [K in keyof F as F[K] extends Field<unknown, true> ? K : never]?: F[K] extends Field<infer T>
    ? Settable<T>
    : never
} & OptionalKeys<F> &
  RequiredKeys<F> & { readonly id?: IdValue<F> }

type OptionalKeys<F> = {
  readonly [K in keyof F as F[K] extends AnyKey<unknown, boolean, true> ? K : never]?: F[K] extends AnyKey<
    infer M,
    infer Null,
    true
  >
    ? Row<M, Null>
    : never
} & {
  readonly [K in keyof F & string as F[K] extends AnyKey<unknown, boolean, true>
    ? `${K}Id`
    : never]?: F[K] extends AnyKey<infer M, infer Null, true> ? Key<M, Null> : never
}

/** What `new Book(…)` and `update` take: any column, none required. */
export type PartialInput<F> = {
  readonly [K in keyof F as F[K] extends Field ? K : never]?: F[K] extends Field<infer T> ? Settable<T> : never
} & {
  readonly [K in keyof F as F[K] extends AnyKey<unknown, boolean, boolean> ? K : never]?: F[K] extends AnyKey<
    infer M,
    infer Null,
    boolean
  >
    ? Row<M, Null>
    : never
} & {
  readonly [K in keyof F & string as F[K] extends AnyKey<unknown, boolean, boolean>
    ? `${K}Id`
    : never]?: F[K] extends AnyKey<infer M, infer Null, boolean> ? Key<M, Null> : never
} & { readonly id?: IdValue<F> }
