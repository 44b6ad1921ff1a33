import { FieldError, QueryError } from '../errors.ts'
import type { Query } from '../query/query.ts'
import type { RowOf } from '../query/types/row-types.ts'

/** What a queryset gives to a prefetch that is to take its rows. */
export const asPrefetchSource: unique symbol = Symbol('nuages.prefetch source')

export interface PrefetchSource {
  readonly query: Query
  readonly alias: string | undefined
  readonly prefetch: readonly (string | PrefetchRequest)[]
}

interface QuerySetSource {
  [asPrefetchSource](): PrefetchSource
}

/** Related rows to load: what `Prefetch` makes. `R` is what its queryset's rows are. */
export class PrefetchRequest<
  out P extends string = string,
  out A extends string | undefined = string | undefined,
  out R = unknown,
> {
  declare readonly rowType: R
  readonly path: P
  readonly toAttr: A
  readonly #querySet: QuerySetSource | undefined

  constructor(path: P, querySet: object | undefined, toAttr: A) {
    if (typeof path !== 'string') throw new FieldError(`Prefetch takes a path of relations, got ${String(path)}.`)
    if (querySet !== undefined && !(asPrefetchSource in querySet)) {
      throw new QueryError(
        `Prefetch('${path}') takes a queryset such as Book.objects.filter(…), got ${String(querySet)}.`,
      )
    }
    this.path = path
    this.#querySet = querySet as QuerySetSource | undefined
    this.toAttr = toAttr
  }

  /** Which rows there may be, what is to be loaded with them, and where from; all of the model where nothing is said. */
  get source(): PrefetchSource | undefined {
    const source = this.#querySet?.[asPrefetchSource]()
    if (source?.query.selected) throw new QueryError(`Prefetch('${this.path}') needs rows, not what values() gives.`)
    return source
  }
}

/**
 * For `prefetchRelated`: which rows of a relation to load, in which order, and what with them:
 * `Prefetch('books', Book.objects.filter({ isDraft: false }).prefetchRelated('tags'))`. A slice is one for each row. With `toAttr`
 * they are kept under that name, beside what the relation itself leads to. Django's `Prefetch`.
 */
export function Prefetch<const P extends string, Q extends object, const A extends string | undefined = undefined>(
  path: P,
  querySet?: Q,
  options: { readonly toAttr?: A } = {},
): PrefetchRequest<P, A, RowOf<Q>> {
  return new PrefetchRequest(path, querySet, options.toAttr as A)
}
