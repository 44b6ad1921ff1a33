import { database } from '../backends/registry.ts'
import type { ModelMeta } from '../models/model-meta.ts'
import type { Row } from '../models/row.ts'
import { prefetch } from '../relations/prefetch.ts'
import { type RawRequest, rawRows } from './execute/raw-query.ts'

/** Rows of SQL that its author wrote: awaited or iterated, like a queryset; it runs once. Django's `RawQuerySet`. */
export class RawQuerySet<R> implements AsyncIterable<R> {
  readonly #meta: () => ModelMeta
  readonly #request: RawRequest
  readonly #alias: string | undefined
  readonly #paths: readonly string[]
  #rows: Promise<R[]> | undefined

  constructor(meta: () => ModelMeta, request: RawRequest, alias: string | undefined, paths: readonly string[] = []) {
    this.#meta = meta
    this.#request = request
    this.#alias = alias
    this.#paths = paths
  }

  /** Loads relations of the rows in one more query each. */
  prefetchRelated(...paths: readonly string[]): RawQuerySet<R> {
    return new RawQuerySet(this.#meta, this.#request, this.#alias, [...this.#paths, ...paths])
  }

  /** Asks the database of that alias. */
  using(alias: string): RawQuerySet<R> {
    return new RawQuerySet(this.#meta, this.#request, alias, this.#paths)
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<R, void, undefined> {
    yield* await this.#load()
  }

  then<T1 = R[], T2 = never>(
    onfulfilled?: ((rows: R[]) => T1 | PromiseLike<T1>) | null,
    onrejected?: ((reason: unknown) => T2 | PromiseLike<T2>) | null,
  ): Promise<T1 | T2> {
    return this.#load().then(onfulfilled, onrejected)
  }

  #load(): Promise<R[]> {
    this.#rows ??= this.#fetch()
    return this.#rows
  }

  async #fetch(): Promise<R[]> {
    const meta = this.#meta()
    const db = database(this.#alias)
    const rows = await rawRows(meta, this.#request, db)
    if (this.#paths.length > 0) await prefetch(meta, rows as Row[], this.#paths, db)
    return rows as R[]
  }
}
