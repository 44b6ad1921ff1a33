import type { PathError } from '../lookups/lookup-types.ts'
import type { FieldsOf, Instance } from '../models/model-class.ts'
import type { PrefetchRequest } from '../relations/prefetch-request.ts'
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
        ? unknown
        : { readonly [K in A]: ([R] extends [never] ? RelatedRow<F, P> : R)[] }
      : unknown
    : unknown

/** The model that a path of relations leads to. */
export type ModelAt<F, P extends string> = P extends `${infer Head}__${infer Rest}`
  ? Head extends keyof F
    ? F[Head] extends { readonly to: infer M }
      ? ModelAt<FieldsOf<M>, Rest>
      : never
    : never
  : P extends keyof F
    ? F[P] extends { readonly to: infer M }
      ? M
      : never
    : never
