import type { At, UsesOf, ValueKinds } from './value-types.ts'

// What an expression uses of its model beside the value it gives: checked where the expression is used, by
// `query/types/checked-types.ts`. A path that must only be there is an `At`.

declare const use: unique symbol

interface Use<Kind extends string> {
  readonly [use]: Kind
}

/** A function's argument, `D`, must be of a kind. */
export interface Needs<out D, out Kind extends keyof ValueKinds, out Name extends string> extends Use<'needs'> {
  readonly of: D
  readonly needed: Kind
  readonly by: Name
}

/** A path with a direction, as `orderBy` takes it. */
export interface OrdersBy<out P extends string> extends Use<'orders'> {
  readonly path: P
}

/** Conditions as `filter` takes them: those of `When`, and of an aggregate's `filter`. */
export interface Where<out W> extends Use<'where'> {
  readonly conditions: W
}

/** What paths and expressions use, alone or in a list. */
export type UsesOfPaths<A> = A extends string ? At<A> : A extends readonly (infer E)[] ? UsesOfPaths<E> : UsesOf<A>

/** What the terms of an order use, alone or in a list. */
export type UsesOfOrder<A> = A extends string
  ? OrdersBy<A>
  : A extends readonly (infer E)[]
    ? UsesOfOrder<E>
    : UsesOf<A>
