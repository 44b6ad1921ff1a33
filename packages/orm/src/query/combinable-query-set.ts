import { QueryError } from '../errors.ts'
import type { FetchMode } from '../models/fetch-mode.ts'
import type { FieldsOf, Instance } from '../models/model-class.ts'
import type { RuntimeModel } from '../models/model-meta.ts'
import { withCombined } from './build/build-combined.ts'
import { withCompound } from './build/build-compound.ts'
import { type LockOptions, withLock } from './build/build-lock.ts'
import { withReverse, withSlice } from './build/build-query.ts'
import { explainQuery } from './execute/explain-query.ts'
import type { RawOptions } from './execute/raw-query.ts'
import { asQuery, type Compound, isQuerySource, type QuerySource } from './query.ts'
import { chain, databaseOf, queryOf, state } from './query-chain.ts'
import { RawQuerySet } from './raw-query-set.ts'
import { RowWrites } from './row-writes.ts'
import type { CheckedSingle } from './types/path-types.ts'
import type { RowOf, WithRow } from './types/row-types.ts'

/** Another queryset whose rows are like these. */
type Alike<Q> = QuerySource & WithRow<RowOf<Q>>

/** The methods of a queryset that take it whole: with other querysets, cut, turned, locked, or asked elsewhere. */
export abstract class CombinableQuerySet<M, R, A> extends RowWrites<M, R, A> {
  /** All rows; a copy that asks the database anew. */
  all(): this {
    return chain(this, (query) => query)
  }

  /** No rows, without asking. */
  none(): this {
    return chain(this, (query) => ({ ...query, empty: true, shape: `${query.shape} none` }))
  }

  reverse(): this {
    return chain(this, withReverse)
  }

  /** From `start` up to, and without, `end`: SQL's OFFSET and LIMIT. */
  slice(start: number, end?: number): this {
    return chain(this, (query) => withSlice(query, start, end))
  }

  /** The rows of these querysets too, each once; with `{ all: true }` behind them, as often as they are there. */
  union(...others: readonly (Alike<this> | { readonly all: boolean })[]): this {
    const { all = false } = (others.find((other) => !isQuerySource(other)) ?? {}) as { readonly all?: boolean }
    return this.#compound(all ? 'UNION ALL' : 'UNION', others)
  }

  /** The rows that these querysets have too. */
  intersection(...others: readonly Alike<this>[]): this {
    return this.#compound('INTERSECT', others)
  }

  /** The rows that these querysets do not have. */
  difference(...others: readonly Alike<this>[]): this {
    return this.#compound('EXCEPT', others)
  }

  #compound(operator: Compound['operator'], others: readonly unknown[]): this {
    return chain(this, (query) => {
      const queries = others.filter(isQuerySource).map((other) => other[asQuery]())
      return withCompound(query, operator, queries)
    })
  }

  /** The rows of this queryset that are in the other as well, as one query with the conditions of both. Django's `&`. */
  and(other: QuerySource & { readonly model: M }): this {
    return chain(this, (query) => withCombined(query, other[asQuery](), 'AND'))
  }

  /** The rows of either queryset, as one query with the conditions of both. Django's `|`. */
  or(other: QuerySource & { readonly model: M }): this {
    return chain(this, (query) => withCombined(query, other[asQuery](), 'OR'))
  }

  /** Locks the rows until the transaction ends (PostgreSQL; a transaction of SQLite that writes has the file to itself). */
  selectForUpdate<P extends string = never>(options: LockOptions<P & CheckedLock<FieldsOf<M>, P>> = {}): this {
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
}

/** A relation to one row, or the rows of the model themselves. */
type CheckedLock<F, P extends string> = P extends 'self' ? P : CheckedSingle<F, P>
