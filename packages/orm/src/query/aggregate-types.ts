import type { PathError } from '../lookups/lookup-types.ts'
import type { Aggregate } from './expressions/aggregate.ts'
import type { ValueAt } from './path-types.ts'

/** The value of an aggregate over fields `F`. */
export type AggregateValue<_F, E> = E extends Aggregate<infer V, unknown> ? V : never

/** Each aggregate, or what is wrong with its path. */
export type CheckedAggregates<F, E> = {
  readonly [K in keyof E]: E[K] extends Aggregate<unknown, infer P>
    ? P extends string
      ? ValueAt<F, P> extends PathError<infer Message>
        ? PathError<Message>
        : E[K]
      : E[K]
    : never
}
