import { inspect } from 'node:util'
import { type Pending, type PendingState, pending } from '@nuages/foundation'
import type { Database, MaybePromise } from '../backends/database.ts'
import { IntegrityError } from '../backends/errors.ts'
import { database } from '../backends/registry.ts'
import { QueryError } from '../errors.ts'
import type { DatePeriod } from '../lookups/date-period.ts'
import type { CreateInput, PartialInput } from '../models/create-input.ts'
import { deleteRows } from '../models/deletion.ts'
import type { FieldsOf, Instance } from '../models/model-class.ts'
import type { RuntimeModel } from '../models/model-meta.ts'
import { nextTurn, turnIsFull } from '../models/peers.ts'
import type { Row } from '../models/row.ts'
import { saveRow } from '../models/save-row.ts'
import { prefetch } from '../relations/prefetch.ts'
import { atomic } from '../transactions/atomic.ts'
import type { AggregateValue, CheckedAggregates } from './aggregate-types.ts'
import {
  withAnnotations,
  withDistinct,
  withFilter,
  withOrdering,
  withRelated,
  withReverse,
  withSlice,
  withValues,
} from './build-query.ts'
import { withDates } from './dates.ts'
import type { Aggregate } from './expression.ts'
import type {
  Checked,
  CheckedDate,
  CheckedOrder,
  CheckedPath,
  CheckedRelation,
  CheckedSingle,
  Filterable,
  IntersectionOf,
  Loaded,
  ValueAt,
} from './path-types.ts'
import type { Conditions } from './q.ts'
import { asQuery, isSliced, type Query, rootQuery } from './query.ts'
import type { Annotated, AnnotationsOf, annotationTypes, RowOf, rowType, WithRow } from './row-types.ts'
import { anyRow, countRows, iterateRows, selectRows } from './select.ts'
import { updateRows } from './update-rows.ts'
import { updateWithFiles } from './update-with-files.ts'
import { maxGetResults, wrongNumber } from './wrong-number.ts'

type Shape = 'rows' | 'lists' | 'flat'

/** What a queryset holds. `query` is there once the model belongs to an app; before, `build` waits. */
export interface QuerySetState {
  query: Query | undefined
  readonly build: (() => Query) | undefined
  readonly alias: string | undefined
  readonly shape: Shape
  readonly prefetch: readonly string[]
  /** The rows, once they were asked for: a queryset runs once. */
  result: Promise<unknown[]> | undefined
  rows: readonly unknown[] | undefined
}

const state: unique symbol = Symbol('state')

const fresh = { shape: 'rows', prefetch: [], result: undefined, rows: undefined } as const

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
export class QuerySet<M, R = Instance<M>, A = {}> implements Pending {
  declare readonly [rowType]: R
  declare readonly [annotationTypes]: A
  readonly model: M;
  [state]: QuerySetState

  constructor(model: M) {
    this.model = model
    this[state] = { ...fresh, query: undefined, alias: undefined, build: () => rootQuery(model as RuntimeModel) }
  }

  /** All rows; a copy that asks the database anew. */
  all(): this {
    return chain(this, (query) => query)
  }

  /** The rows that answer all of the conditions. */
  filter<const W extends Filterable<FieldsOf<M>>>(conditions: W & Checked<FieldsOf<M>, W, this>): this {
    return chain(this, (query) => withFilter(query, [conditions as Conditions], false))
  }

  /** The rows that do not answer all of the conditions. */
  exclude<const W extends Filterable<FieldsOf<M>>>(conditions: W & Checked<FieldsOf<M>, W, this>): this {
    return chain(this, (query) => withFilter(query, [conditions as Conditions], true))
  }

  /** Computed values beside the columns: `annotate({ n: Count('posts') })`. */
  annotate<const E extends Readonly<Record<string, Aggregate>>>(
    aggregates: E & CheckedAggregates<FieldsOf<M>, E>,
  ): this & Annotated<{ readonly [K in keyof E]: AggregateValue<FieldsOf<M>, E[K]> }> {
    return chain(this, (query) => withAnnotations(query, aggregates)) as never
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

  /** Loads relations of any kind in one more query each. */
  prefetchRelated<P extends string>(...paths: (P & CheckedRelation<FieldsOf<M>, P>)[]): this {
    return chain(this, (query) => query, { prefetch: [...this[state].prefetch, ...paths] })
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

  /** The one row that answers. Throws the model's `DoesNotExist` or `MultipleObjectsReturned`. */
  async get<const W extends Filterable<FieldsOf<M>> = {}>(
    conditions?: W & Checked<FieldsOf<M>, W, this>,
  ): Promise<RowOf<this>> {
    let query = queryOf(this)
    if (conditions !== undefined) query = withFilter(query, [conditions as Conditions], false)
    if (!isSliced(query)) query = { ...query, ordering: [], high: maxGetResults, shape: `${query.shape} get` }
    const fetched = fetchRows(this, query)
    const rows = fetched instanceof Promise ? await fetched : fetched
    if (rows.length === 1) return rows[0] as RowOf<this>
    throw wrongNumber(query.meta, rows.length, conditions)
  }

  /** The first row in the queryset's order, or in the order of keys where it has none; `null` where there is no row. */
  async first(): Promise<RowOf<this> | null> {
    const rows = await fetchRows(this, withSlice(ordered(queryOf(this)), 0, 1))
    return (rows[0] ?? null) as RowOf<this> | null
  }

  /** The last row in the queryset's order. */
  async last(): Promise<RowOf<this> | null> {
    const query = queryOf(this)
    if (isSliced(query)) throw new QueryError('Cannot take the last row once a slice has been taken.')
    const rows = await fetchRows(this, withSlice(withReverse(ordered(query)), 0, 1))
    return (rows[0] ?? null) as RowOf<this> | null
  }

  async count(): Promise<number> {
    const { rows } = this[state]
    return rows ? rows.length : countRows(queryOf(this), databaseOf(this))
  }

  async exists(): Promise<boolean> {
    const { rows } = this[state]
    return rows ? rows.length > 0 : anyRow(queryOf(this), databaseOf(this))
  }

  /** Inserts a row and returns it. */
  async create(values: CreateInput<FieldsOf<M>>): Promise<Instance<M>> {
    const row = new (this.model as RuntimeModel)(values) as Row
    await saveRow(row, { forceInsert: true, using: this[state].alias })
    return row as Instance<M>
  }

  /** The one row that answers, or a new one made of the conditions and `defaults`; and whether it was made. */
  async getOrCreate<const W extends Filterable<FieldsOf<M>>>(
    conditions: W & Checked<FieldsOf<M>, W, unknown>,
    defaults: PartialInput<FieldsOf<M>> = {},
  ): Promise<[row: Instance<M>, created: boolean]> {
    return getOrCreate(this as never, conditions as Conditions, defaults as object) as never
  }

  /** Sets columns of all rows in one statement; returns how many there were. */
  async update(values: PartialInput<FieldsOf<M>>): Promise<number> {
    const query = queryOf(this)
    if (isSliced(query)) throw new QueryError('Cannot update once a slice has been taken.')
    this[state].result = undefined
    const update = query.meta.fileFields.length === 0 ? updateRows : updateWithFiles
    return update(query, values, databaseOf(this))
  }

  /** Deletes all rows and what goes with them; returns how many in all, and how many of each model. */
  async delete(): Promise<[total: number, byModel: Record<string, number>]> {
    const query = queryOf(this)
    if (isSliced(query)) throw new QueryError('Cannot delete once a slice has been taken.')
    if (query.selected) throw new QueryError('Cannot delete after values().')
    const db = databaseOf(this)
    return deleteRows(query, db)
  }

  /** The rows in chunks, without holding the result in memory. */
  async *iterator(chunkSize = 2000): AsyncGenerator<RowOf<this>, void, undefined> {
    for await (const rows of iterateRows(queryOf(this), databaseOf(this), chunkSize)) {
      await prefetch(queryOf(this).meta, rows as Row[], this[state].prefetch, databaseOf(this))
      yield* shaped(this, rows) as RowOf<this>[]
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<RowOf<this>, void, undefined> {
    yield* (await load(this)) as RowOf<this>[]
  }

  then<T1 = RowOf<this>[], T2 = never>(
    onfulfilled?: ((rows: RowOf<this>[]) => T1 | PromiseLike<T1>) | null,
    onrejected?: ((reason: unknown) => T2 | PromiseLike<T2>) | null,
  ): Promise<T1 | T2> {
    return (load(this) as Promise<RowOf<this>[]>).then(onfulfilled, onrejected)
  }

  [pending](): PendingState {
    const own = this[state]
    if (own.rows) return { ready: true, value: own.rows }
    // A manager lives as long as the program: rows that it kept would be shown for ever.
    if (!own.query) {
      const { name } = this.model as { name: string }
      throw new QueryError(`A manager cannot be shown, since it keeps no rows: give ${name}.objects.all().`)
    }
    return { ready: false, load: () => load(this) }
  }

  [asQuery](): Query {
    return queryOf(this)
  }

  [inspect.custom](): string {
    return `${this.constructor.name}<${(this.model as { name: string }).name}>`
  }

  /** What the methods of a chain belong to: a manager of a relation gives plain querysets. */
  protected get chainPrototype(): object {
    return Object.getPrototypeOf(this)
  }
}

/** What a queryset holds; for the managers of relations, which are querysets that build their query from a row. */
export function stateOfQuerySet(querySet: object): QuerySetState {
  return stateOf(querySet)
}

/** Gives a queryset what builds its query each time it is asked. */
export function setBuild(querySet: object, build: () => Query, alias: string | undefined): void {
  ;(querySet as QuerySet<unknown>)[state] = { ...fresh, query: undefined, alias, build }
}

function stateOf(querySet: object): QuerySetState {
  return (querySet as QuerySet<unknown>)[state]
}

async function load(querySet: object): Promise<unknown[]> {
  const own = stateOf(querySet)
  // A manager stands for all rows at any time, so it asks anew.
  if (!own.query) return fetchRows(querySet, queryOf(querySet))
  own.result ??= keepRows(own, Promise.resolve(fetchRows(querySet, own.query)))
  return own.result
}

/** Without a promise where the database answers at once and nothing is left to do: it costs as much as a small query. */
function fetchRows(querySet: object, query: Query): MaybePromise<unknown[]> {
  const db = databaseOf(querySet)
  const rows = selectRows(query, db)
  const paths = query.selected ? [] : stateOf(querySet).prefetch
  if (rows instanceof Promise || paths.length > 0 || turnIsFull()) return finish(querySet, query, rows, paths, db)
  return shaped(querySet, rows)
}

async function finish(
  querySet: object,
  query: Query,
  selected: MaybePromise<unknown[]>,
  paths: readonly string[],
  db: Database,
): Promise<unknown[]> {
  const rows = await selected
  if (turnIsFull()) await nextTurn()
  if (paths.length > 0) await prefetch(query.meta, rows as Row[], paths, db)
  return shaped(querySet, rows)
}

function shaped(querySet: object, rows: unknown[]): unknown[] {
  const { shape } = stateOf(querySet)
  if (shape === 'rows') return rows
  const lists = rows.map((row) => Object.values(row as object))
  return shape === 'flat' ? lists.map(([value]) => value) : lists
}

function queryOf(querySet: object): Query {
  const own = stateOf(querySet)
  return own.query ?? own.build!()
}

function databaseOf(querySet: object): Database {
  return database(stateOf(querySet).alias)
}

/** Another queryset, of the same class. Before its model belongs to an app, the change waits until it is used. */
function chain<T extends object>(
  from: T,
  change: (query: Query) => Query,
  changes: Partial<Pick<QuerySetState, 'alias' | 'shape' | 'prefetch'>> = {},
): T {
  const source = from as unknown as QuerySet<unknown>
  const next = Object.create((source as unknown as { chainPrototype: object }).chainPrototype)
  Object.assign(next, source)
  const own = source[state]
  const registered = own.query !== undefined || Object.hasOwn(source.model as object, 'meta')
  const query = registered ? change(queryOf(source)) : undefined
  const build = registered ? undefined : () => change(queryOf(source))
  next[state] = { ...own, ...changes, query, build, result: undefined, rows: undefined }
  return next
}

function ordered(query: Query): Query {
  if (query.ordering?.length || (query.ordering === undefined && query.meta.ordering.length > 0)) return query
  return isSliced(query) ? query : { ...withOrdering(query, ['pk']), reversed: query.reversed }
}

function keepRows(own: QuerySetState, loading: Promise<unknown[]>): Promise<unknown[]> {
  const kept = loading.then((rows) => {
    own.rows = rows
    return rows
  })
  // A query that failed may be asked again.
  kept.catch(() => {
    own.result = undefined
  })
  return kept
}

/** Conditions that name a column are values of a new row too; those with a lookup are not. */
async function getOrCreate(
  querySet: QuerySet<{ readonly fields: {} }>,
  conditions: Conditions,
  defaults: object,
): Promise<[row: unknown, created: boolean]> {
  const rows = querySet.filter(conditions as never)
  const found = await rows.first()
  if (found) return [found, false]
  const plain = Object.entries(conditions).filter(([name]) => !name.includes('__'))
  try {
    const create = () => querySet.create({ ...Object.fromEntries(plain), ...defaults } as never)
    return [await atomic(create, { using: stateOfQuerySet(querySet).alias } as never), true]
  } catch (error) {
    // Somebody else may have made it meanwhile.
    const other = error instanceof IntegrityError ? await rows.all().first() : null
    if (other) return [other, false]
    throw error
  }
}
