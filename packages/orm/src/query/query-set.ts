import { QueryError } from '../errors.ts'
import type { DatePeriod } from '../lookups/date-period.ts'
import type { FetchMode } from '../models/fetch-mode.ts'
import type { FieldsOf, Instance } from '../models/model-class.ts'
import type { PrefetchRequest } from '../relations/prefetch-request.ts'
import type { AggregateValue, CheckedAggregates } from './aggregate-types.ts'
import { withAnnotations } from './build-annotations.ts'
import {
  withDistinct,
  withFilter,
  withOrdering,
  withRelated,
  withReverse,
  withSlice,
  withValues,
} from './build-query.ts'
import type { Checked, Filterable } from './checked-types.ts'
import { withDates } from './dates.ts'
import type { Aggregate } from './expressions/aggregate.ts'
import type {
  CheckedDate,
  CheckedOrder,
  CheckedPath,
  CheckedRelation,
  CheckedSingle,
  IntersectionOf,
  Loaded,
  ValueAt,
} from './path-types.ts'
import type { Conditions } from './q.ts'
import { chain, state } from './query-chain.ts'
import type { Annotated, AnnotationsOf, WithRow } from './row-types.ts'
import { RowWrites } from './row-writes.ts'

/**
 * Rows of a model to be: lazy, immutable, awaitable. Each method but those that end a query returns another queryset; nothing
 * reaches the database before `await`. A manager is one over all rows; extend this class to give it methods of its own:
 *
 * ```ts
 * class PostManager extends QuerySet<typeof Post> {
 *   published() { return this.filter({ isDraft: false }) }
 * }
 * ```
 */
export class QuerySet<M, R = Instance<M>, A = {}> extends RowWrites<M, R, A> {
  /** All rows; a copy that asks the database anew. */
  all(): this {
    return chain(this, (query) => query)
  }

  /** The rows that answer all of the conditions. */
  filter<const W extends Filterable<FieldsOf<M>>>(conditions: W & NoInfer<Checked<FieldsOf<M>, W, this>>): this {
    return chain(this, (query) => withFilter(query, [conditions as Conditions], false))
  }

  /** The rows that do not answer all of the conditions. */
  exclude<const W extends Filterable<FieldsOf<M>>>(conditions: W & NoInfer<Checked<FieldsOf<M>, W, this>>): this {
    return chain(this, (query) => withFilter(query, [conditions as Conditions], true))
  }

  /** Computed values beside the columns: `annotate({ n: Count('posts') })`. */
  annotate<const E extends Readonly<Record<string, Aggregate>>>(
    aggregates: E & CheckedAggregates<FieldsOf<M>, E>,
  ): this & Annotated<{ readonly [K in keyof E]: AggregateValue<FieldsOf<M>, E[K]> }> {
    return chain(this, (query) => withAnnotations(query, aggregates, 'annotate')) as never
  }

  /** In the order of these paths, `-` in front for descending, `'?'` for chance; without any, in no order. */
  orderBy<P extends string>(...paths: (P & CheckedOrder<FieldsOf<M>, P, this>)[]): this {
    return chain(this, (query) => withOrdering(query, paths))
  }

  reverse(): this {
    return chain(this, withReverse)
  }

  /** From `start` up to, and without, `end`: SQL's OFFSET and LIMIT. */
  slice(start: number, end?: number): this {
    return chain(this, (query) => withSlice(query, start, end))
  }

  /** Each row once. */
  distinct(): this {
    return chain(this, (query) => withDistinct(query, true))
  }

  /** No rows, without asking. */
  none(): this {
    return chain(this, (query) => ({ ...query, empty: true }))
  }

  /** Loads relations to one row in the same query. */
  selectRelated<P extends string>(
    ...paths: (P & CheckedSingle<FieldsOf<M>, P>)[]
  ): this & WithRow<IntersectionOf<P extends string ? Loaded<FieldsOf<M>, P> : never>> {
    return chain(this, (query) => withRelated(query, paths)) as never
  }

  /** Loads relations of any kind in one more query each; `null` takes back what was asked for before. */
  prefetchRelated<P extends string>(
    ...paths: (P & CheckedRelation<FieldsOf<M>, P>)[] | readonly PrefetchRequest[] | [null]
  ): this {
    if (paths.length === 1 && paths[0] === null) return chain(this, (query) => query, { prefetch: [] })
    return chain(this, (query) => query, { prefetch: [...this[state].prefetch, ...(paths as string[])] })
  }

  /**
   * For whom a relation to one row, or a deferred column, is fetched when it is read and was not loaded: for all rows of the
   * result (`'peers'`, what happens unless told), for the row alone (`'one'`), or not at all: `'raise'` throws
   * `FieldFetchBlocked`. Rows that are fetched so have the same mode.
   */
  fetchMode(mode: FetchMode): this {
    if (mode !== 'peers' && mode !== 'one' && mode !== 'raise') {
      throw new QueryError(`fetchMode takes 'peers', 'one' or 'raise', got ${String(mode)}.`)
    }
    return chain(this, (query) => ({ ...query, fetchMode: mode }))
  }

  /** Asks the database of that alias. */
  using(alias: string): this {
    return chain(this, (query) => query, { alias })
  }

  /** Plain objects of these paths in place of instances; without any, of every column. */
  values<P extends string>(
    ...paths: (P & CheckedPath<FieldsOf<M>, P, this>)[]
  ): QuerySet<M, { [K in P]: ValueAt<FieldsOf<M>, K, this> }, AnnotationsOf<this>> {
    return chain(this, (query) => withValues(query, paths)) as never
  }

  /** The values of one path, each by itself. */
  valuesList<P extends string>(
    path: P & CheckedPath<FieldsOf<M>, P, this>,
    options: { readonly flat: true },
  ): QuerySet<M, ValueAt<FieldsOf<M>, P, this>, AnnotationsOf<this>>
  /** Tuples of these paths' values. */
  valuesList<const P extends readonly string[]>(
    ...paths: { [I in keyof P]: P[I] & CheckedPath<FieldsOf<M>, P[I] & string, this> }
  ): QuerySet<M, { -readonly [I in keyof P]: ValueAt<FieldsOf<M>, P[I] & string, this> }, AnnotationsOf<this>>
  valuesList(...args: readonly (string | { readonly flat: true })[]): unknown {
    const paths = args.filter((path) => typeof path !== 'object')
    const flat = paths.length < args.length
    if (flat && paths.length !== 1) throw new QueryError('valuesList with { flat: true } takes one path.')
    return chain(this as QuerySet<M>, (query) => withValues(query, paths), { shape: flat ? 'flat' : 'lists' })
  }

  /**
   * The first days of the years, months, weeks or days in which there are rows, each once: `dates('publishedAt', 'month')`. A
   * point in time counts in the active time zone. Django's `dates`, for date and dateTime fields alike.
   */
  dates<P extends string>(
    path: P & CheckedDate<FieldsOf<M>, P>,
    period: DatePeriod,
    order: 'ASC' | 'DESC' = 'ASC',
  ): QuerySet<M, Temporal.PlainDate> {
    return chain(this as QuerySet<M>, (query) => withDates(query, path, period, order), { shape: 'flat' }) as never
  }
}
