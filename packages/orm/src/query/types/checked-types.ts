import type { Decimal } from 'decimal.js'
import type { FieldFile } from '../../fields/files/field-file.ts'
import type { PathError } from '../../lookups/lookup-types.ts'
import type { Needs, OrdersBy, Where } from '../expressions/use-types.ts'
import type {
  At,
  Evaluate,
  RelationTo,
  Using,
  usesType,
  Valued,
  ValueKinds,
  valueType,
} from '../expressions/value-types.ts'
import type { QuerySource } from '../query.ts'
import type { CheckedOrder, Hint, PathValue, RelationAt, ValueAt } from './path-types.ts'
import type { AnnotationsOf, annotationTypes, RowOf, SingleOf } from './row-types.ts'

/** What `filter` takes before it is checked: what editors complete, or anything with string keys, a `Q`, an expression. */
export type Filterable<F> = Hint<F> | Readonly<Record<string, unknown>> | Valued

/** Conditions, or what is wrong with them in a model with fields `F` and a queryset `S`. */
export type Checked<F, W, S> = W extends Valued ? CheckedCondition<F, W, S> : CheckedConditions<F, W, S>

/** Each key of `W` with the type its value must have. A key that may be missing must not be: `undefined` is no filter. */
export type CheckedConditions<F, W, S> = [Extract<W[keyof W], Valued>] extends [never]
  ? { readonly [P in keyof W]-?: P extends string ? Fitting<W[P], PathValue<F, P, S>, F, S> : never }
  : {
      readonly [P in keyof W]-?: P extends string
        ? W[P] extends Valued
          ? RightSide<PathValue<F, P, S>, W[P], F, S>
          : Fitting<W[P], PathValue<F, P, S>, F, S>
        : never
    }

/** The type that a value must have. Where it has another, it is wrapped, so that the compiler shows it. */
type Fitting<V, T, F, S> = [V] extends [T]
  ? T
  : [T] extends [PathError<string>]
    ? T
    : [V] extends [Unchanging<T>]
      ? T
      : V extends readonly (infer E)[]
        ? FittingList<E, Extract<T, readonly unknown[]>, T, F, S>
        : V extends QuerySource
          ? FittingQuery<SingleOf<RowOf<V>>, T>
          : Expected<T>

/** A queryset of one value that is compared with: `{ pages: Book.objects.values('pages').slice(0, 1) }`. */
type FittingQuery<V, T> = [Exclude<V, null>] extends [Comparable<T>] ? unknown : Expected<T>

/** Expressions may stand among the values of `in` and `range`. */
type FittingList<E, L extends readonly unknown[], T, F, S> =
  Extract<E, Valued> extends never
    ? Expected<T>
    : [ListError<E, L[number], F, S>] extends [never]
      ? unknown
      : ListError<E, L[number], F, S>

type ListError<E, T, F, S> = E extends Valued ? ErrorIn<RightSide<T, E, F, S>> : E extends T ? never : Expected<T>

/** Lists that stand in a call are read-only, where a column's type may be of one that is not. */
type Unchanging<T> = T extends readonly (infer E)[]
  ? readonly Unchanging<E>[]
  : T extends (...args: never) => unknown
    ? T
    : T extends object
      ? { readonly [K in keyof T]: Unchanging<T[K]> }
      : T

/** What is shown in place of a type where a value is of another one. */
interface Expected<T> {
  readonly expected: T
}

/** An expression that is a condition by itself: `Exists(…)`. */
type CheckedCondition<F, E extends Valued, S> = [UseError<E[typeof usesType], F, S>] extends [never]
  ? [Exclude<Evaluate<E[typeof valueType], F, S>, null>] extends [boolean]
    ? unknown
    : PathError<'the expression is no condition: it gives no boolean'>
  : UseError<E[typeof usesType], F, S>

/** An expression that a path is compared with: `{ pages__gt: F('minPages') }`. */
export type RightSide<T, E extends Valued, F, S> =
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
    : Fitting<W[P], PathValue<F, P, S>, F, S> extends PathError<string> | Expected<unknown>
      ? P
      : never
}[keyof W & string]

/** What is wrong with what an expression uses; `never` where all is well. */
export type UseError<U, F, S> =
  U extends At<infer P>
    ? ErrorIn<ValueAt<F, P, S>>
    : U extends RelationTo<infer P>
      ? ErrorIn<RelationAt<F, P>>
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

/**
 * The values of named expressions: what `annotate` adds to a row, and what `aggregate` gives. It is a conditional type so that
 * editors and errors show the values, not how they came about.
 */
export type ValuesOfExpressions<E, F, S> = [E] extends [infer Named]
  ? { readonly [K in keyof Named]: ValueOfExpression<Named[K], F, S> }
  : never

/** A path or an expression to order by, or what is wrong with it. */
export type CheckedTerm<T, F, S> = T extends string ? CheckedOrder<F, T, S> : CheckedExpression<T, F, S>

/** A queryset in which the expressions of one call know each other by their names. */
export interface WithNames<E, F, S> {
  readonly [annotationTypes]: AnnotationsOf<S> & ValuesOfExpressions<E, F, S>
}
