import { inspect } from 'node:util'
import { type Pending, type PendingState, pending } from '@nuages/foundation'
import type { Database, MaybePromise } from '../backends/database.ts'
import { database } from '../backends/registry.ts'
import { QueryError } from '../errors.ts'
import type { RuntimeModel } from '../models/model-meta.ts'
import { nextTurn, turnIsFull } from '../models/peers.ts'
import type { Row } from '../models/row.ts'
import { prefetch } from '../relations/prefetch.ts'
import { asPrefetchSource, type PrefetchRequest, type PrefetchSource } from '../relations/prefetch-request.ts'
import { databaseToRead, databaseToWrite } from '../routing/route.ts'
import { selectRows } from './execute/select.ts'
import { asQuery, type Query, rootQuery } from './query.ts'
import type { annotationTypes, RowOf, rowType } from './types/row-types.ts'

type Shape = 'rows' | 'lists' | 'flat'

/** What a queryset holds. `query` is there once the model belongs to an app; before, `build` waits. */
export interface QuerySetState {
  query: Query | undefined
  readonly build: (() => Query) | undefined
  readonly alias: string | undefined
  /** The row whose relation it is: it goes where that is, unless a router says otherwise. */
  readonly origin: Row | undefined
  readonly shape: Shape
  readonly prefetch: readonly (string | PrefetchRequest)[]
  /** The rows, once they were asked for: a queryset runs once. */
  result: Promise<unknown[]> | undefined
  rows: readonly unknown[] | undefined
}

/** Where a queryset keeps what it holds. */
export const state: unique symbol = Symbol('state')

const fresh = { shape: 'rows', prefetch: [], result: undefined, rows: undefined } as const

/** The part of a queryset that holds its query and gives its rows: awaited, iterated, or read by a template. */
export abstract class QueryChain<M, R, A> implements Pending {
  declare readonly [rowType]: R
  declare readonly [annotationTypes]: A
  readonly model: M;
  [state]: QuerySetState

  constructor(model: M) {
    this.model = model
    this[state] = {
      ...fresh,
      query: undefined,
      alias: undefined,
      origin: undefined,
      build: () => rootQuery(model as RuntimeModel),
    }
  }

  /** The alias of the database that it asks. Django's `db`. */
  get db(): string {
    return databaseOf(this).alias
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

  [asPrefetchSource](): PrefetchSource {
    const { alias, prefetch } = this[state]
    return { query: queryOf(this), alias, prefetch }
  }

  [inspect.custom](): string {
    return `${this.constructor.name}<${(this.model as { name: string }).name}>`
  }

  /** The class of what a chain gives: a manager of a relation gives plain querysets. */
  protected get chainClass(): Function {
    return this.constructor
  }
}

/** Gives a queryset what builds its query each time it is asked. */
export function setBuild(querySet: object, build: () => Query, origin: Row): void {
  ;(querySet as QueryChain<unknown, unknown, unknown>)[state] = {
    ...fresh,
    query: undefined,
    alias: undefined,
    origin,
    build,
  }
}

/** What a queryset holds. */
export function stateOfQuerySet(querySet: object): QuerySetState {
  return (querySet as QueryChain<unknown, unknown, unknown>)[state]
}

export async function load(querySet: object): Promise<unknown[]> {
  const own = stateOfQuerySet(querySet)
  // A manager stands for all rows at any time, so it asks anew.
  if (!own.query) return fetchRows(querySet, queryOf(querySet))
  own.result ??= keepRows(own, Promise.resolve(fetchRows(querySet, own.query)))
  return own.result
}

/** Without a promise where the database answers at once and nothing is left to do: it costs as much as a small query. */
export function fetchRows(
  querySet: object,
  query: Query,
  db: Database = databaseOf(querySet),
): MaybePromise<unknown[]> {
  const rows = selectRows(query, db)
  const paths = query.selected ? [] : stateOfQuerySet(querySet).prefetch
  if (rows instanceof Promise || paths.length > 0 || turnIsFull()) return finish(querySet, query, rows, paths, db)
  return shaped(querySet, rows)
}

async function finish(
  querySet: object,
  query: Query,
  selected: MaybePromise<unknown[]>,
  paths: QuerySetState['prefetch'],
  db: Database,
): Promise<unknown[]> {
  const rows = await selected
  if (turnIsFull()) await nextTurn()
  if (paths.length > 0) await prefetch(query.meta, rows as Row[], paths, db)
  return shaped(querySet, rows)
}

export function shaped(querySet: object, rows: unknown[]): unknown[] {
  const { shape } = stateOfQuerySet(querySet)
  if (shape === 'rows') return rows
  const lists = rows.map((row) => Object.values(row as object))
  return shape === 'flat' ? lists.map(([value]) => value) : lists
}

export function queryOf(querySet: object): Query {
  const own = stateOfQuerySet(querySet)
  return own.query ?? own.build!()
}

/** The database that a queryset reads. Rows that are locked are about to be written. */
export function databaseOf(querySet: object): Database {
  const { alias, origin, query } = stateOfQuerySet(querySet)
  if (alias !== undefined) return database(alias)
  const { model } = querySet as { model: RuntimeModel }
  return query?.lock ? databaseToWrite(model, origin) : databaseToRead(model, origin)
}

export function writeDatabaseOf(querySet: object): Database {
  const { alias, origin } = stateOfQuerySet(querySet)
  return alias === undefined ? databaseToWrite((querySet as { model: RuntimeModel }).model, origin) : database(alias)
}

/** Another queryset, of the same class. Before its model belongs to an app, the change waits until it is used. */
export function chain<T extends object>(
  from: T,
  change: (query: Query) => Query,
  changes: Partial<Pick<QuerySetState, 'alias' | 'shape' | 'prefetch'>> = {},
): T {
  const source = from as unknown as QueryChain<unknown, unknown, unknown>
  const Chain = (source as unknown as { readonly chainClass: new (model: unknown) => Record<string, unknown> })
    .chainClass
  // Made by the class, so that its private methods are there; what it keeps in plain properties is copied.
  const next = new Chain(source.model)
  for (const name of Object.keys(source)) next[name] = (source as unknown as Record<string, unknown>)[name]
  const own = source[state]
  const registered = own.query !== undefined || Object.hasOwn(source.model as object, 'meta')
  const query = registered ? change(queryOf(source)) : undefined
  const build = registered ? undefined : () => change(queryOf(source))
  const copy = next as unknown as typeof source
  copy[state] = { ...own, ...changes, query, build, result: undefined, rows: undefined }
  return copy as unknown as T
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
