import { QueryError } from '../errors.ts'
import type { DatePeriod } from '../lookups/date-period.ts'
import type { FetchMode } from '../models/fetch-mode.ts'
import type { FieldsOf, Instance } from '../models/model-class.ts'
import type { RuntimeModel } from '../models/model-meta.ts'
import type { PrefetchRequest } from '../relations/prefetch-request.ts'
import { aggregateRows } from './aggregate-rows.ts'
import { withAnnotations } from './build-annotations.ts'
import { withCombined } from './build-combined.ts'
import { withCompound } from './build-compound.ts'
import { withDeferred, withOnly } from './build-deferral.ts'
import { type LockOptions, withLock } from './build-lock.ts'
import {
  withDistinct,
  withFilter,
  withOrdering,
  withRelated,
  withReverse,
  withSlice,
  withValues,
} from './build-query.ts'
import { withList } from './build-values.ts'
import type { Checked, CheckedExpressions, Filterable, ValuesOfExpressions } from './checked-types.ts'
import { type DatetimesOptions, withDates, withDatetimes } from './dates.ts'
import { explainQuery } from './explain-query.ts'
import type { Expression } from './expressions/expression.ts'
import type { TruncPeriod } from './expressions/functions/date.ts'
import type { FilteredRelation } from './filtered-relation.ts'
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
import { asQuery, type Compound, isQuerySource, type QuerySource } from './query.ts'
import { chain, databaseOf, queryOf, state } from './query-chain.ts'
import type { RawOptions } from './raw-query.ts'
import { RawQuerySet } from './raw-query-set.ts'
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
  filter<const W extends readonly Filterable<FieldsOf<M>>[]>(
    ...conditions: { readonly [I in keyof W]: W[I] & NoInfer<Checked<FieldsOf<M>, W[I], this>> }
  ): this {
    return chain(this, (query) => withFilter(query, conditions as unknown as Conditions[], false))
  }

  /** The rows that do not answer all of the conditions. */
  exclude<const W extends readonly Filterable<FieldsOf<M>>[]>(
    ...conditions: { readonly [I in keyof W]: W[I] & NoInfer<Checked<FieldsOf<M>, W[I], this>> }
  ): this {
    return chain(this, (query) => withFilter(query, conditions as unknown as Conditions[], true))
  }

  /** Computed values beside the columns: `annotate({ n: Count('posts') })`. */
  annotate<const E extends Readonly<Record<string, Expression>>>(
    expressions: E & NoInfer<CheckedExpressions<E, FieldsOf<M>, this>>,
  ): this & Annotated<ValuesOfExpressions<E, FieldsOf<M>, this>> {
    return chain(this, (query) => withAnnotations(query, expressions, 'annotate')) as never
  }

  /** The same for what rows need not show: filters, orders and other expressions may name it. */
  alias(expressions: Readonly<Record<string, Expression | FilteredRelation>>): this {
    return chain(this, (query) => withAnnotations(query, expressions, 'alias'))
  }

  /** Values computed of all rows: `aggregate({ total: Sum('pages') })`. One may use another by its name. */
  async aggregate(expressions: Readonly<Record<string, Expression>>): Promise<Record<string, unknown>> {
    return aggregateRows(queryOf(this), expressions, databaseOf(this))
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

  /** Each row once; with names, the first row of each set that is equal in them (PostgreSQL). */
  distinct(...paths: readonly string[]): this {
    return chain(this, (query) => withDistinct(query, true, paths))
  }

  /** No rows, without asking. */
  none(): this {
    return chain(this, (query) => ({ ...query, empty: true, shape: `${query.shape} none` }))
  }

  /** The rows of these querysets too, each once; with `all`, as often as they are there. */
  union(...others: readonly (QuerySource | { readonly all: boolean })[]): this {
    const { all = false } = (others.find((other) => !isQuerySource(other)) ?? {}) as { readonly all?: boolean }
    return this.#compound(all ? 'UNION ALL' : 'UNION', others)
  }

  /** The rows that these querysets have too. */
  intersection(...others: readonly QuerySource[]): this {
    return this.#compound('INTERSECT', others)
  }

  /** The rows that these querysets do not have. */
  difference(...others: readonly QuerySource[]): this {
    return this.#compound('EXCEPT', others)
  }

  #compound(operator: Compound['operator'], others: readonly unknown[]): this {
    return chain(this, (query) => {
      return withCompound(
        query,
        operator,
        others.filter(isQuerySource).map((other) => other[asQuery]()),
      )
    })
  }

  /** The rows of this queryset that are in the other as well, as one query with the conditions of both. Django's `&`. */
  and(other: QuerySource): this {
    return chain(this, (query) => withCombined(query, other[asQuery](), 'AND'))
  }

  /** The rows of either queryset, as one query with the conditions of both. Django's `|`. */
  or(other: QuerySource): this {
    return chain(this, (query) => withCombined(query, other[asQuery](), 'OR'))
  }

  /** Leaves columns out of the rows, until they are asked for; `null` leaves none out. */
  defer(...paths: readonly (string | null)[]): this {
    return chain(this, (query) => withDeferred(query, paths as readonly string[]))
  }

  /** Leaves all columns but these out of the rows, until they are asked for. */
  only(...paths: readonly string[]): this {
    return chain(this, (query) => withOnly(query, paths))
  }

  /** Locks the rows until the transaction ends (PostgreSQL; a transaction of SQLite that writes has the file to itself). */
  selectForUpdate(options: LockOptions = {}): this {
    return chain(this, (query) => withLock(query, options))
  }

  /** How the database means to run the query, in its own words; the options are the database's. */
  async explain(options: Readonly<Record<string, string | boolean>> = {}): Promise<string> {
    return explainQuery(queryOf(this), options, databaseOf(this))
  }

  /**
   * Instances of rows that SQL of one's own selects: `raw('SELECT * FROM blog_post WHERE views > ?', [100])`. Each `?` takes a
   * value; `??` is a question mark.
   */
  raw(sql: string, params: readonly unknown[] = [], options: RawOptions = {}): RawQuerySet<Instance<M>> {
    const meta = () => (this.model as unknown as RuntimeModel).meta
    return new RawQuerySet(meta, { sql, params, ...options }, this[state].alias)
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
    return chain(this, (query) => withValues(query, paths), { shape: 'rows' }) as never
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
  valuesList(...args: readonly unknown[]): unknown {
    const options = args.find(isListOptions)
    const fields = args.filter((field) => field !== options) as Parameters<typeof withList>[1]
    const flat = options?.flat ?? false
    if (flat && fields.length !== 1) throw new QueryError('valuesList with { flat: true } takes one path.')
    return chain(this as QuerySet<M>, (query) => withList(query, fields), { shape: flat ? 'flat' : 'lists' })
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

  /** The starts of the years, months … seconds in which there are rows, each once, in the active time zone or in `tzinfo`. */
  datetimes(path: string, period: TruncPeriod, options: DatetimesOptions = {}): QuerySet<M, Temporal.Instant> {
    return chain(this as QuerySet<M>, (query) => withDatetimes(query, path, period, options), {
      shape: 'flat',
    }) as never
  }
}

function isListOptions(value: unknown): value is { readonly flat: boolean } {
  return typeof value === 'object' && value !== null && typeof (value as { flat?: unknown }).flat === 'boolean'
}
