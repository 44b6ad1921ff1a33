import { QueryError } from '../errors.ts'
import type { DatePeriod } from '../lookups/date-period.ts'
import type { FieldsOf, Instance } from '../models/model-class.ts'
import type { PrefetchRequest } from '../relations/prefetch-request.ts'
import { withAnnotations } from './build/build-annotations.ts'
import { withDeferred, withOnly } from './build/build-deferral.ts'
import { withDistinct, withFilter, withOrdering, withRelated, withValues } from './build/build-query.ts'
import { withList } from './build/build-values.ts'
import { type DatetimesOptions, withDates, withDatetimes } from './build/dates.ts'
import type { FilteredRelationRequest } from './build/filtered-relation.ts'
import { CombinableQuerySet } from './combinable-query-set.ts'
import { aggregateRows } from './execute/aggregate-rows.ts'
import type { Expression, OrderBy } from './expressions/expression.ts'
import type { TruncPeriod } from './expressions/functions/date.ts'
import type { Valued } from './expressions/value-types.ts'
import type { Conditions } from './q.ts'
import { chain, databaseOf, queryOf, state } from './query-chain.ts'
import type {
  Checked,
  CheckedExpressions,
  CheckedTerm,
  Filterable,
  ValuesOfExpressions,
  WithNames,
} from './types/checked-types.ts'
import type { CheckedColumn, DeferredBy, DeferredByOnly } from './types/deferral-types.ts'
import type {
  CheckedDate,
  CheckedMoment,
  CheckedPath,
  CheckedSingle,
  IntersectionOf,
  Loaded,
  OrderHint,
  PathHint,
} from './types/path-types.ts'
import type { CheckedPrefetch, PrefetchedAttributes } from './types/prefetch-types.ts'
import type { Aliased, Annotated, AnnotationsOf, Deferring, WithRow } from './types/row-types.ts'
import type {
  CheckedItem,
  CheckedSelection,
  ColumnsRow,
  ItemValue,
  Selectable,
  SelectedNames,
  SelectedRow,
} from './types/selection-types.ts'

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
export class QuerySet<M, R = Instance<M>, A = {}> extends CombinableQuerySet<M, R, A> {
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

  /** Computed values beside the columns: `annotate({ n: Count('posts') })`. One may use another by its name. */
  annotate<const E extends Readonly<Record<string, Expression>>>(
    expressions: E & NoInfer<CheckedExpressions<E, FieldsOf<M>, WithNames<E, FieldsOf<M>, this>>>,
  ): this & Annotated<ValuesOfExpressions<E, FieldsOf<M>, WithNames<E, FieldsOf<M>, this>>> {
    return chain(this, (query) => withAnnotations(query, expressions, 'annotate')) as never
  }

  /** The same for what rows need not show: filters, orders and other expressions may name it. */
  alias<const E extends Readonly<Record<string, Expression | FilteredRelationRequest>>>(
    expressions: E & NoInfer<CheckedExpressions<E, FieldsOf<M>, WithNames<E, FieldsOf<M>, this>>>,
  ): this & Aliased<ValuesOfExpressions<E, FieldsOf<M>, WithNames<E, FieldsOf<M>, this>>> {
    return chain(this, (query) => withAnnotations(query, expressions, 'alias')) as never
  }

  /** Values computed of all rows: `aggregate({ total: Sum('pages') })`. One may use another by its name. */
  async aggregate<const E extends Readonly<Record<string, Expression>>>(
    expressions: E & NoInfer<CheckedExpressions<E, FieldsOf<M>, WithNames<E, FieldsOf<M>, this>>>,
  ): Promise<ValuesOfExpressions<E, FieldsOf<M>, WithNames<E, FieldsOf<M>, this>>> {
    return aggregateRows(queryOf(this), expressions, databaseOf(this)) as never
  }

  /**
   * In the order of these paths, `-` in front for descending, `'?'` for chance, or of expressions: `F('pages').desc({ nullsLast:
   * true })`; without any, in no order.
   */
  orderBy<const T extends readonly (OrderHint<FieldsOf<M>> | Expression | OrderBy)[]>(
    ...terms: { readonly [I in keyof T]: T[I] & NoInfer<CheckedTerm<T[I], FieldsOf<M>, this>> }
  ): this {
    return chain(this, (query) => withOrdering(query, terms as T))
  }

  /** Each row once; with names, the first row of each set that is equal in them (PostgreSQL). */
  distinct<const P extends PathHint<FieldsOf<M>> = never>(...paths: (P & CheckedPath<FieldsOf<M>, P, this>)[]): this {
    return chain(this, (query) => withDistinct(query, true, paths))
  }

  /** Leaves columns out of the rows: each must be awaited, which loads it for all rows of the result; `null` leaves none out. */
  defer<const P extends PathHint<FieldsOf<M>> | null>(
    ...paths: (P & CheckedColumn<FieldsOf<M>, P>)[]
  ): this & Deferring<DeferredBy<FieldsOf<M>, P> & string> {
    return chain(this, (query) => withDeferred(query, paths as readonly string[])) as never
  }

  /** Leaves all columns but these, and the key, out of the rows: each of the rest must be awaited. */
  only<const P extends PathHint<FieldsOf<M>>>(
    ...paths: (P & CheckedColumn<FieldsOf<M>, P>)[]
  ): this & Deferring<DeferredByOnly<FieldsOf<M>, P>> {
    return chain(this, (query) => withOnly(query, paths)) as never
  }

  /** Loads relations to one row in the same query. */
  selectRelated<const P extends PathHint<FieldsOf<M>>>(
    ...paths: (P & CheckedSingle<FieldsOf<M>, P>)[]
  ): this & WithRow<IntersectionOf<P extends string ? Loaded<FieldsOf<M>, P> : never>> {
    return chain(this, (query) => withRelated(query, paths)) as never
  }

  /**
   * Loads relations of any kind in one more query each: paths, or `Prefetch('posts', Post.objects.filter(…), { toAttr: 'news' })`;
   * `null` takes back what was asked for before.
   */
  prefetchRelated<const X extends readonly (PathHint<FieldsOf<M>> | PrefetchRequest | null)[]>(
    ...requests: { readonly [I in keyof X]: X[I] & NoInfer<CheckedPrefetch<FieldsOf<M>, X[I]>> }
  ): this & WithRow<IntersectionOf<PrefetchedAttributes<FieldsOf<M>, X[number]>>> {
    const asked = requests as X
    const prefetch =
      asked.length === 1 && asked[0] === null ? [] : [...this[state].prefetch, ...(asked as readonly string[])]
    return chain(this, (query) => query, { prefetch }) as never
  }

  /** Plain objects of every column, and of annotations, in place of instances. */
  values(): QuerySet<M, ColumnsRow<FieldsOf<M>> & AnnotationsOf<this>, AnnotationsOf<this>>
  /** Plain objects of these paths, and of expressions under names: `values('title', { by: Lower('author__name') })`. */
  values<const T extends readonly Selectable<FieldsOf<M>>[]>(
    ...fields: { readonly [I in keyof T]: T[I] & NoInfer<CheckedSelection<T[I], FieldsOf<M>, this>> }
  ): QuerySet<
    M,
    SelectedRow<T[number], FieldsOf<M>, this>,
    AnnotationsOf<this> & SelectedNames<T[number], FieldsOf<M>, this>
  >
  values(...fields: readonly unknown[]): unknown {
    return chain(this as QuerySet<M>, (query) => withValues(query, fields as string[]), { shape: 'rows' })
  }

  /** The values of one path or expression, each by itself. */
  valuesList<const T extends PathHint<FieldsOf<M>> | Valued>(
    field: T & NoInfer<CheckedItem<T, FieldsOf<M>, this>>,
    options: { readonly flat: true },
  ): QuerySet<M, ItemValue<T, FieldsOf<M>, this>, AnnotationsOf<this>>
  /** Tuples of the values of these paths and expressions. */
  valuesList<const T extends readonly (Selectable<FieldsOf<M>> | Valued)[]>(
    ...fields: { readonly [I in keyof T]: T[I] & NoInfer<CheckedItem<T[I], FieldsOf<M>, this>> }
  ): QuerySet<M, { -readonly [I in keyof T]: ItemValue<T[I], FieldsOf<M>, this> }, AnnotationsOf<this>>
  valuesList(...args: readonly unknown[]): unknown {
    const options = args.find(isListOptions)
    const fields = args.filter((field) => !isListOptions(field)) as Parameters<typeof withList>[1]
    const flat = options?.flat ?? false
    if (flat && fields.length !== 1) throw new QueryError('valuesList with { flat: true } takes one path.')
    return chain(this as QuerySet<M>, (query) => withList(query, fields), { shape: flat ? 'flat' : 'lists' })
  }

  /**
   * The first days of the years, months, weeks or days in which there are rows, each once: `dates('publishedAt', 'month')`. A
   * point in time counts in the active time zone. Django's `dates`, for date and dateTime fields alike.
   */
  dates<const P extends PathHint<FieldsOf<M>>>(
    path: P & CheckedDate<FieldsOf<M>, P>,
    period: DatePeriod,
    order: 'ASC' | 'DESC' = 'ASC',
  ): QuerySet<M, Temporal.PlainDate> {
    return chain(this as QuerySet<M>, (query) => withDates(query, path, period, order), { shape: 'flat' }) as never
  }

  /** The starts of the years, months … seconds in which there are rows, each once, in the active time zone or in `tzinfo`. */
  datetimes<const P extends PathHint<FieldsOf<M>>>(
    path: P & CheckedMoment<FieldsOf<M>, P>,
    period: TruncPeriod,
    options: DatetimesOptions = {},
  ): QuerySet<M, Temporal.Instant> {
    return chain(this as QuerySet<M>, (query) => withDatetimes(query, path, period, options), {
      shape: 'flat',
    }) as never
  }
}

function isListOptions(value: unknown): value is { readonly flat: boolean } {
  return typeof value === 'object' && value !== null && typeof (value as { flat?: unknown }).flat === 'boolean'
}
