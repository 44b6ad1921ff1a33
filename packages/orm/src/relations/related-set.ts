import { QueryError } from '../errors.ts'
import { Row, stateOf } from '../models/row.ts'
import { metaOf } from '../models/save-row.ts'
import { keyOf } from '../query/build/key-of-related.ts'
import type { Query } from '../query/query.ts'
import { relate } from '../routing/route.ts'
import { loadForPeers } from './load-for-peers.ts'
import type { ManyToManyField } from './many-to-many.ts'
import type { RelatedOptions, RelatedRows, SetOptions } from './related-rows.ts'
import type { ReverseField } from './reverse.ts'

/** The rows that one row is related to: what its manager reads and changes. */
export class RelatedSet {
  readonly relation: ManyToManyField | ReverseField
  readonly #row: Row
  readonly #rows: RelatedRows

  constructor(row: Row, relation: ManyToManyField | ReverseField, rows: RelatedRows) {
    this.#row = row
    this.relation = relation
    this.#rows = rows
  }

  /** The row whose relation it is. */
  get row(): Row {
    return this.#row
  }

  /** Whether the row came without others, so that there is nobody to load for but itself. */
  get isAlone(): boolean {
    const { peers, fetchMode } = stateOf(this.#row)
    return peers === undefined || (fetchMode !== undefined && fetchMode !== 'peers')
  }

  /** The related rows, where they are loaded. */
  get loaded(): readonly Row[] | undefined {
    return stateOf(this.#row).prefetched?.get(this.relation.name)
  }

  query(): Query {
    const { name, pk } = metaOf(this.#row)
    const key = (this.#row as unknown as Record<string, unknown>)[pk.attribute]
    if (key !== null && key !== undefined) return this.#rows.query(key)
    throw new QueryError(`${name}.${this.relation.name} cannot be used before the row is saved: it has no key yet.`)
  }

  /** Loads the related rows of all peers, and keeps them. */
  async load(): Promise<readonly Row[]> {
    if (!this.loaded) {
      this.query()
      await loadForPeers(this.#row, this.relation)
    }
    return [...(this.loaded ?? [])]
  }

  /** What was loaded is out of date after a change. */
  async #change<T>(change: () => Promise<T>): Promise<T> {
    this.query()
    const result = await change()
    stateOf(this.#row).prefetched?.delete(this.relation.name)
    return result
  }

  #keys(rows: readonly unknown[]): unknown[] {
    for (const row of rows) if (Row.has(row)) relate(this.#row, row, this.relation.name)
    return [...new Set(rows.map((row) => keyOf(this.relation.target, row, this.relation.name)))]
  }

  async add(rows: readonly unknown[], options: RelatedOptions): Promise<void> {
    const known = options.bulk === false ? rows.filter(hasKey) : rows
    await this.#change(() => this.#rows.add(this.#row, this.#keys(known), rows, options))
  }

  async remove(rows: readonly unknown[], options: RelatedOptions): Promise<void> {
    await this.#change(() => this.#rows.remove(this.#row, this.#keys(rows), rows, options))
  }

  async set(rows: readonly unknown[], options: SetOptions): Promise<void> {
    await this.#change(() => this.#rows.set(this.#row, this.#keys(rows), rows, options))
  }

  async clear(options: RelatedOptions): Promise<void> {
    await this.#change(() => this.#rows.clear(this.#row, options))
  }

  create(values: object, insert: (values: object) => Promise<unknown>, options: RelatedOptions): Promise<unknown> {
    return this.#change(() => this.#rows.create(this.#row, values, insert, options))
  }
}

/** A row that is saved only now has no key yet. */
function hasKey(row: unknown): boolean {
  return !Row.has(row) || stateOf(row).stored
}
