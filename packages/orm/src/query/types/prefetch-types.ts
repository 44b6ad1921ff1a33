import type { PathError } from '../../lookups/lookup-types.ts'
import type { Instance } from '../../models/model-class.ts'
import type { PrefetchRequest } from '../../relations/prefetch-request.ts'
import type { CheckedRelation } from './path-types.ts'

/** A path of `prefetchRelated`, a `Prefetch` or `null`; or what is wrong with it. */
export type CheckedPrefetch<F, X> = X extends string
  ? CheckedRelation<F, X>
  : X extends PrefetchRequest<infer P, string | undefined, unknown>
    ? CheckedRelation<F, P> extends PathError<string>
      ? CheckedRelation<F, P>
      : X
    : X

/** The rows that a relation leads to. */
type RelatedRow<F, P> = P extends keyof F ? (F[P] extends { readonly to: infer M } ? Instance<M> : unknown) : unknown

/** What `toAttr` adds to a row: a list under its name. One behind another relation is of that relation's rows. */
export type PrefetchedAttributes<F, X> =
  X extends PrefetchRequest<infer P, infer A, infer R>
    ? A extends string
      ? P extends `${string}__${string}`
        ? never
        : { readonly [K in A]: ([R] extends [never] ? RelatedRow<F, P> : R)[] }
      : never
    : never
