import type { PathError } from '../lookups/lookup-types.ts'
import type { Aggregate } from './expression.ts'
import type { ValueAt } from './path-types.ts'

/** The value of an aggregate over fields `F`. */
export type AggregateValue<F, E> =
  E extends Aggregate<infer Kind, infer P>
    ? Kind extends 'COUNT'
      ? number
      : Kind extends 'AVG'
        ? number | null
        : ValueAt<F, P> | null
    : never

/** Each aggregate, or what is wrong with its path. */
export type CheckedAggregates<F, E> = {
  readonly [K in keyof E]: E[K] extends Aggregate<infer _, infer P>
    ? ValueAt<F, P> extends PathError<infer Message>
      ? PathError<Message>
      : E[K]
    : never
}
