import type { Decimal } from 'decimal.js'

/** The type of a queryset's rows; it stands in the types alone. */
export declare const rowType: unique symbol
/** The types of a queryset's annotations; they stand in the types alone. */
export declare const annotationTypes: unique symbol

/** A queryset whose rows have `Extra` beside what they had: loaded relations. */
export interface WithRow<Extra> {
  readonly [rowType]: Extra
}

/** A queryset whose rows have computed values, which its filters know. */
export interface Annotated<A> {
  readonly [rowType]: A
  readonly [annotationTypes]: A
}

/** The names of columns that a queryset leaves out of its rows; they stand in the types alone. */
export declare const deferredNames: unique symbol

/** A queryset that leaves columns out of its rows until they are asked for. */
export interface Deferring<Name extends PropertyKey> {
  readonly [deferredNames]: { readonly [N in Name]: true }
}

/** A queryset whose filters know values that its rows do not show. */
export interface Aliased<A> {
  readonly [annotationTypes]: A
}

/** The type of a queryset's rows. */
export type RowOf<Q> = Q extends { readonly [deferredNames]: infer D }
  ? DeferredRow<Q[typeof rowType & keyof Q], keyof D>
  : Q extends { readonly [rowType]: infer R }
    ? R
    : never

/** A column that was left out must be awaited, as a relation is. */
type DeferredRow<R, Name> = [Name & keyof R] extends [infer Left extends keyof R]
  ? Omit<R, Left> & { readonly [N in Left]: PromiseLike<R[N]> | R[N] }
  : never

/** What a queryset has annotated. */
export type AnnotationsOf<Q> = Q extends { readonly [annotationTypes]: infer A } ? A : {}

type Whole =
  | Temporal.PlainDate
  | Temporal.PlainTime
  | Temporal.Instant
  | Temporal.Duration
  | Decimal
  | Uint8Array
  | string
  | number
  | bigint
  | boolean
  | null

/** The one value of a row: of `values('x')`, of `valuesList('x')`, flat or not; of an instance its key. */
export type SingleOf<R> = R extends Whole
  ? R
  : R extends readonly [infer V]
    ? V
    : R extends { readonly pk: infer Key; save(): unknown }
      ? Key
      : R[keyof R]
