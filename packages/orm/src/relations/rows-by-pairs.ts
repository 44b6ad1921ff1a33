import type { Database, SqlValue } from '../backends/database.ts'
import { database } from '../backends/registry.ts'
import { type Row, stateOf } from '../models/row.ts'
import { insertSql } from '../models/save-row.ts'
import { withColumn } from '../query/build-query.ts'
import type { ColumnPath } from '../query/lookup-path.ts'
import { type Query, rootQuery } from '../query/query.ts'
import { compiledOnce, selectRows } from '../query/select.ts'
import { deleteDirectly } from '../query/update-rows.ts'
import type { ForeignKeyField } from './foreign-key.ts'
import { pairPath } from './load-related.ts'
import type { RelatedRows } from './related-rows.ts'

/** The rows that a table of pairs relates to a row. */
export class RowsByPairs implements RelatedRows {
  readonly #near: ForeignKeyField
  readonly #far: ForeignKeyField
  /** Each pair stands both ways. */
  readonly #symmetrical: boolean

  constructor(near: ForeignKeyField, far: ForeignKeyField, symmetrical: boolean) {
    this.#near = near
    this.#far = far
    this.#symmetrical = symmetrical
  }

  query(key: unknown): Query {
    return withColumn(rootQuery(this.#far.target.model), pairPath(this.#near, this.#far), [key], true)
  }

  #keyOf(row: Row): unknown {
    return (row as unknown as Record<string, unknown>)[this.#near.target.pk.attribute]
  }

  /** The pairs of a row; with `others`, those with these rows. */
  #pairs(near: ForeignKeyField, key: unknown, far: ForeignKeyField, others?: readonly unknown[]): Query {
    const at = (field: ForeignKeyField): ColumnPath => ({ steps: [], field, relation: undefined })
    const own = withColumn(rootQuery(near.meta.model), at(near), [key])
    return others ? withColumn(own, at(far), others) : own
  }

  add(row: Row, keys: readonly unknown[], _given: readonly unknown[]): Promise<void> {
    return this.#atomic(row, async (db) => {
      await this.#insert(db, this.#near, this.#keyOf(row), this.#far, keys)
      if (this.#symmetrical) await this.#insert(db, this.#far, this.#keyOf(row), this.#near, keys)
    })
  }

  async #insert(
    db: Database,
    near: ForeignKeyField,
    key: unknown,
    far: ForeignKeyField,
    keys: readonly unknown[],
  ): Promise<void> {
    if (keys.length === 0) return
    const there = (await selectRows(this.#pairs(near, key, far, keys), db)) as Record<string, unknown>[]
    const known = new Set(there.map((pair) => pair[far.attribute]))
    const { meta } = near
    const statement = compiledOnce(meta, db.vendor, 'insert pair', near.name, () => ({
      sql: insertSql(meta, [near, far], 1, db.vendor),
    }))
    for (const other of keys) {
      if (known.has(other)) continue
      const pair: SqlValue[] = [near.toSql(key), far.toSql(other)]
      await (db.vendor === 'sqlite' ? db.run(statement, pair) : db.returning(statement, pair))
    }
  }

  remove(row: Row, keys: readonly unknown[]): Promise<void> {
    return this.#atomic(row, async (db) => {
      if (keys.length === 0) return
      await deleteDirectly(this.#pairs(this.#near, this.#keyOf(row), this.#far, keys), db)
      if (this.#symmetrical) await deleteDirectly(this.#pairs(this.#far, this.#keyOf(row), this.#near, keys), db)
    })
  }

  clear(row: Row): Promise<void> {
    return this.#atomic(row, async (db) => {
      await deleteDirectly(this.#pairs(this.#near, this.#keyOf(row), this.#far), db)
      if (this.#symmetrical) await deleteDirectly(this.#pairs(this.#far, this.#keyOf(row), this.#near), db)
    })
  }

  set(row: Row, keys: readonly unknown[], given: readonly unknown[]): Promise<void> {
    return this.#atomic(row, async (db) => {
      const pairs = (await selectRows(this.#pairs(this.#near, this.#keyOf(row), this.#far), db)) as Record<
        string,
        unknown
      >[]
      const gone = pairs.map((pair) => pair[this.#far.attribute]).filter((key) => !keys.includes(key))
      await this.remove(row, gone)
      await this.add(row, keys, given)
    })
  }

  create(row: Row, values: object, insert: (values: object) => Promise<unknown>): Promise<unknown> {
    return this.#atomic(row, async () => {
      const created = (await insert(values)) as Record<string, unknown>
      await this.add(row, [created[this.#far.target.pk.attribute]], [])
      return created
    })
  }

  #atomic<T>(row: Row, change: (db: Database) => Promise<T>): Promise<T> {
    const db = database(stateOf(row).alias)
    return db.atomic(() => change(db))
  }
}
