import type { Decimal } from 'decimal.js'
import type { FieldFile } from '../../fields/files/field-file.ts'
import type { PathError } from '../../lookups/lookup-types.ts'
import type { RelationAt, ValueAt } from '../types/path-types.ts'

/** The type of an expression's value, or what describes it; it stands in the types alone. */
export declare const valueType: unique symbol
/** The paths and conditions that an expression uses; they stand in the types alone. */
export declare const usesType: unique symbol
declare const described: unique symbol

/**
 * An expression as far as types go. It is written before anybody knows its model, so `V` describes its value where that
 * depends on the model: `Evaluate` says what it is for one. `U` is a union of what it uses, checked where it is used.
 */
export interface Valued<out V = unknown, out U = unknown> extends Using<U> {
  readonly [valueType]: V
}

/** What uses paths and conditions of a model without being a value: a term of an order. */
export interface Using<out U = unknown> {
  readonly [usesType]: U
}

/** A value that depends on the model. */
export interface Description<Kind extends string = string> {
  readonly [described]: Kind
}

/** The value of a path: `F('author__name')`. */
export interface At<out P extends string> extends Description<'at'> {
  readonly path: P
}

/** The relation at a path, under a name of its own: what `FilteredRelation` makes. */
export interface RelationTo<out P extends string> extends Description<'relation'> {
  readonly relation: P
}

/** A `T`, or `null` where one of `D` may be null: what most functions of a database give. */
export interface Nullable<out T, out D> extends Description<'nullable'> {
  readonly value: T
  readonly over: D
}

/** The first of a list that is not null. */
export interface FirstOf<out D extends readonly unknown[]> extends Description<'first'> {
  readonly of: D
}

/** A number, a decimal where `D` is one, a duration where `D` is one: a mean, a square root. */
export interface Numeric<out D> extends Description<'numeric'> {
  readonly numeric: D
}

/** `D` without null. */
export interface Present<out D> extends Description<'present'> {
  readonly present: D
}

/** A list of values like `D`. */
export interface List<out D> extends Description<'list'> {
  readonly listOf: D
}

/** `D` as JSON holds it. */
export interface InJson<out D> extends Description<'json'> {
  readonly json: D
}

export interface Arithmetic<out Op extends ArithmeticOperator, out L, out R> extends Description<'arithmetic'> {
  readonly operator: Op
  readonly left: L
  readonly right: R
}

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '^' | '&' | '|' | '#' | '<<' | '>>'

/** What a description comes to in a model with fields `F`, in a queryset `S`. */
export type Evaluate<V, F, S> = V extends Description
  ? V extends At<infer P>
    ? ValueAt<F, P, S>
    : V extends Nullable<infer T, infer D>
      ? T | Extract<Evaluate<D, F, S>, null>
      : V extends FirstOf<infer D>
        ? First<D, F, S>
        : V extends Numeric<infer D>
          ? NumericOf<Evaluate<D, F, S>>
          : V extends Present<infer D>
            ? Exclude<Evaluate<D, F, S>, null>
            : V extends Arithmetic<infer Op, infer L, infer R>
              ? Computed<Op, Evaluate<L, F, S>, Evaluate<R, F, S>>
              : V extends List<infer D>
                ? Evaluate<D, F, S>[]
                : V extends InJson<infer D>
                  ? JsonOf<D, F, S>
                  : V extends RelationTo<infer P>
                    ? RelationAt<F, P>
                    : never
  : V

type First<D extends readonly unknown[], F, S> = D extends readonly [infer Head, ...infer Rest]
  ? Evaluate<Head, F, S> extends infer T
    ? null extends T
      ? Exclude<T, null> | First<Rest, F, S>
      : T
    : never
  : null

type NumericOf<T> = T extends number | bigint ? number : T

/** Objects and lists of descriptions; of values, what JSON makes of them. */
type JsonOf<D, F, S> = D extends Description
  ? JsonValueOf<Evaluate<D, F, S>>
  : D extends readonly unknown[]
    ? { -readonly [K in keyof D]: JsonOf<D[K], F, S> }
    : D extends JsonMembers
      ? { -readonly [K in Exclude<keyof D, typeof jsonMembers>]: JsonOf<D[K], F, S> }
      : JsonValueOf<D>

/** Marks an object whose members are descriptions. */
declare const jsonMembers: unique symbol
export interface JsonMembers {
  readonly [jsonMembers]: true
}

type JsonValueOf<T> = T extends AnyNumber
  ? number
  : T extends Temporal.PlainDate | Temporal.PlainTime | Temporal.Instant
    ? string
    : T

type AnyNumber = number | bigint | Decimal

/** What an operator gives of two values: `null` where one may be null. */
type Computed<Op extends ArithmeticOperator, L, R> = [Extract<L | R, PathError<string>>] extends [never]
  ? null extends L | R
    ? OfOperator<Op, Exclude<L, null>, Exclude<R, null>> | null
    : OfOperator<Op, L, R>
  : Extract<L | R, PathError<string>>

type OfOperator<Op, L, R> = [L | R] extends [AnyNumber] ? NumberOf<L | R> : Calendar<Op, L, R>

type NumberOf<T> = [Extract<T, Decimal>] extends [never]
  ? [Extract<T, bigint>] extends [never]
    ? number
    : bigint
  : Decimal

/** Arithmetic of dates, as Django has it: the difference of two is a duration, which can be added to one. */
type Calendar<Op, L, R> = [R] extends [Temporal.Duration]
  ? Op extends '+' | '-'
    ? [L] extends [Temporal.PlainDate]
      ? Temporal.Instant
      : [L] extends [Temporal.Instant | Temporal.PlainTime | Temporal.Duration]
        ? L
        : NoArithmetic<Op>
    : NoArithmetic<Op>
  : Op extends '+'
    ? [L] extends [Temporal.Duration]
      ? Calendar<Op, R, L>
      : NoArithmetic<Op>
    : Op extends '-'
      ? [L, R] extends
          | [Temporal.PlainDate | Temporal.Instant, Temporal.PlainDate | Temporal.Instant]
          | [Temporal.PlainTime, Temporal.PlainTime]
        ? Temporal.Duration
        : NoArithmetic<Op>
      : NoArithmetic<Op>

type NoArithmetic<Op> = Op extends string ? PathError<`'${Op}' does not go with these types`> : never

/** What goes into a function, by the name that an error gives it. */
export interface ValueKinds {
  text: string | FieldFile
  numbers: AnyNumber
  'whole numbers': number | bigint
  'numbers or durations': AnyNumber | Temporal.Duration
  'values that have an order':
    | string
    | FieldFile
    | AnyNumber
    | Temporal.PlainDate
    | Temporal.PlainTime
    | Temporal.Instant
    | Temporal.Duration
  dates: Temporal.PlainDate | Temporal.Instant
  times: Temporal.PlainTime | Temporal.Instant
  'dates or times': Temporal.PlainDate | Temporal.PlainTime | Temporal.Instant
  'points in time': Temporal.Instant
  booleans: boolean
  values: unknown
}

/** What an expression is given: a path, another expression, or a value. */
export type ValueOfArg<A> = A extends string ? At<A> : A extends Valued ? A[typeof valueType] : Widened<A>

/** The same where texts are values: in arithmetic, `Value('x')`. */
export type ValueOfOperand<A> = A extends Valued ? A[typeof valueType] : Widened<A>

export type Widened<A> = A extends number
  ? number
  : A extends string
    ? string
    : A extends bigint
      ? bigint
      : A extends boolean
        ? boolean
        : A

/** What an argument uses of the model beyond its own value. */
export type UsesOf<A> = A extends Using ? A[typeof usesType] : never
