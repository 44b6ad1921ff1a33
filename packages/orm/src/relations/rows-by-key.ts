import { database } from '../backends/registry.ts'
import { QueryError } from '../errors.ts'
import { Row, stateOf } from '../models/row.ts'
import { withColumn } from '../query/build-query.ts'
import type { ColumnPath } from '../query/lookup-path.ts'
import { type Query, rootQuery } from '../query/query.ts'
import { updateRows } from '../query/update-rows.ts'
import type { ForeignKeyField } from './foreign-key.ts'
import type { RelatedRows } from './related-rows.ts'

/** The rows whose foreign key names a row. */
export class RowsByKey implements RelatedRows {
  readonly #key: ForeignKeyField

  constructor(key: ForeignKeyField) {
    this.#key = key
  }

  #path(): ColumnPath {
    return { steps: [], field: this.#key, relation: undefined }
  }

  #keyOf(row: Row): unknown {
    return (row as unknown as Record<string, unknown>)[this.#key.target.pk.attribute]
  }

  #all(): Query {
    return rootQuery(this.#key.meta.model)
  }

  query(key: unknown): Query {
    return withColumn(this.#all(), this.#path(), [key])
  }

  async add(row: Row, keys: readonly unknown[], given: readonly unknown[]): Promise<void> {
    await this.#assign(row, this.#all(), keys, this.#keyOf(row))
    for (const one of given) {
      if (Row.has(one)) (one as unknown as Record<string, unknown>)[this.#key.attribute] = this.#keyOf(row)
    }
  }

  async #assign(row: Row, within: Query, keys: readonly unknown[], value: unknown): Promise<void> {
    if (keys.length === 0) return
    const path: ColumnPath = { steps: [], field: this.#key.meta.pk, relation: undefined }
    const query = withColumn(within, path, keys)
    await updateRows(query, { [this.#key.name]: value }, database(stateOf(row).alias))
  }

  #refuseNotNull(doing: string): void {
    if (this.#key.null) return
    throw new QueryError(
      `Cannot ${doing} rows over ${this.#key.meta.name}.${this.#key.name}, which may not be null: assign another, or delete them.`,
    )
  }

  remove(row: Row, keys: readonly unknown[]): Promise<void> {
    this.#refuseNotNull('remove')
    return this.#assign(row, this.query(this.#keyOf(row)), keys, null)
  }

  async clear(row: Row): Promise<void> {
    this.#refuseNotNull('clear')
    await updateRows(this.query(this.#keyOf(row)), { [this.#key.name]: null }, database(stateOf(row).alias))
  }

  async set(row: Row, keys: readonly unknown[], given: readonly unknown[]): Promise<void> {
    await database(stateOf(row).alias).atomic(async () => {
      if (this.#key.null) await this.clear(row)
      await this.add(row, keys, given)
    })
  }

  create(row: Row, values: object, insert: (values: object) => Promise<unknown>): Promise<unknown> {
    return insert({ ...values, [this.#key.name]: row })
  }
}
