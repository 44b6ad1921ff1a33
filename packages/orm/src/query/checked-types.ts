import type { Decimal } from 'decimal.js'
import type { FieldFile } from '../fields/files/field-file.ts'
import type { PathError } from '../lookups/lookup-types.ts'
import type { Needs, OrdersBy, Where } from './expressions/use-types.ts'
import type { At, Evaluate, Using, usesType, Valued, ValueKinds, valueType } from './expressions/value-types.ts'
import type { CheckedOrder, CheckedPath, Hint, PathValue, ValueAt } from './path-types.ts'

/** What `filter` takes before it is checked: what editors complete, or anything with string keys, a `Q`, an expression. */
export type Filterable<F> = Hint<F> | Readonly<Record<string, unknown>> | Valued

/** Conditions, or what is wrong with them in a model with fields `F` and a queryset `S`. */
export type Checked<F, W, S> = W extends Valued ? CheckedCondition<F, W, S> : CheckedConditions<F, W, S>

/** Each key of `W` with the type its value must have. A key that may be missing must not be: `undefined` is no filter. */
export type CheckedConditions<F, W, S> = [Extract<W[keyof W], Valued>] extends [never]
  ? { readonly [P in keyof W]-?: P extends string ? PathValue<F, P, S> : never }
  : {
      readonly [P in keyof W]-?: P extends string
        ? W[P] extends Valued
          ? RightSide<PathValue<F, P, S>, W[P], F, S>
          : PathValue<F, P, S>
        : never
    }

/** An expression that is a condition by itself: `Exists(…)`. */
type CheckedCondition<F, E extends Valued, S> = [UseError<E[typeof usesType], F, S>] extends [never]
  ? [Exclude<Evaluate<E[typeof valueType], F, S>, null>] extends [boolean]
    ? unknown
    : PathError<'the expression is no condition: it gives no boolean'>
  : UseError<E[typeof usesType], F, S>

/** An expression that a path is compared with: `{ pages__gt: F('minPages') }`. */
type RightSide<T, E extends Valued, F, S> =
  T extends PathError<string>
    ? T
    : [UseError<E[typeof usesType], F, S>] extends [never]
      ? [Exclude<Evaluate<E[typeof valueType], F, S>, null>] extends [Comparable<T>]
        ? E
        : PathError<'the expression gives another type than the path holds'>
      : UseError<E[typeof usesType], F, S>

/** Databases compare numbers of any kind, and choices with any text. */
type Comparable<T> = T extends number | bigint | Decimal
  ? number | bigint | Decimal
  : T extends string | FieldFile
    ? string | FieldFile
    : T

/** The keys of `W` that do not fit. */
type Mismatch<F, W, S> = {
  [P in keyof W & string]: W[P] extends Valued
    ? RightSide<PathValue<F, P, S>, W[P], F, S> extends PathError<string>
      ? P
      : never
    : [W[P]] extends [PathValue<F, P, S>]
      ? never
      : P
}[keyof W & string]

/** What is wrong with what an expression uses; `never` where all is well. */
export type UseError<U, F, S> =
  U extends At<infer P>
    ? ErrorIn<ValueAt<F, P, S>>
    : U extends Needs<infer D, infer Kind, infer Name>
      ? NeedError<Evaluate<D, F, S>, D, Kind, Name>
      : U extends Where<infer W>
        ? [Mismatch<F, W, S>] extends [never]
          ? never
          : PathError<`in Q: '${Mismatch<F, W, S>}' does not fit`>
        : U extends OrdersBy<infer P>
          ? ErrorIn<CheckedOrder<F, P, S>>
          : never

type ErrorIn<T> = T extends PathError<string> ? T : never

type NeedError<T, D, Kind extends keyof ValueKinds, Name extends string> = [ErrorIn<T>] extends [never]
  ? [Exclude<T, null>] extends [ValueKinds[Kind]]
    ? never
    : PathError<`${Name} takes ${Kind}: ${NameOf<D>} holds none`>
  : ErrorIn<T>

type NameOf<D> = D extends At<infer P> ? `'${P}'` : 'its argument'

/** `E` where all that it uses is right, else what is wrong. */
export type CheckedExpression<E, F, S> = E extends Using
  ? [UseError<E[typeof usesType], F, S>] extends [never]
    ? E
    : UseError<E[typeof usesType], F, S>
  : E

/** Each expression of `annotate` or `aggregate`, or what is wrong with it. */
export type CheckedExpressions<E, F, S> = { readonly [K in keyof E]: CheckedExpression<E[K], F, S> }

/** The value of an expression in a model with fields `F` and a queryset `S`. */
export type ValueOfExpression<E, F, S> = E extends Valued ? Evaluate<E[typeof valueType], F, S> : never

/** The values of named expressions: what `annotate` adds to a row, and what `aggregate` gives. */
export type ValuesOfExpressions<E, F, S> = { readonly [K in keyof E]: ValueOfExpression<E[K], F, S> }

/** A path or an expression to order by, or what is wrong with it. */
export type CheckedTerm<T, F, S> = T extends string ? CheckedOrder<F, T, S> : CheckedExpression<T, F, S>

/** What `values` is given: a path, or expressions under their names. */
export type CheckedSelection<T, F, S> = T extends string ? CheckedPath<F, T, S> : CheckedExpressions<T, F, S>

/** A row of `values`, of paths and named expressions. */
export type SelectedRow<T, F, S> = { [P in T & string]: ValueAt<F, P, S> } & SelectedExpressions<
  Exclude<T, string>,
  F,
  S
>

type SelectedExpressions<T, F, S> = [T] extends [never] ? unknown : IntersectedValues<T, F, S>
type IntersectedValues<T, F, S> = (
  T extends unknown
    ? (row: { -readonly [K in keyof T]: ValueOfExpression<T[K], F, S> }) => void
    : never
) extends (row: infer R) => void
  ? R
  : never
