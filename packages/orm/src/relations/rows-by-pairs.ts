import type { Database, SqlValue } from '../backends/database.ts'
import { placeholder } from '../backends/operations.ts'
import { inBatches } from '../models/batches.ts'
import { bulkCreate } from '../models/bulk-create.ts'
import { deleteRows } from '../models/deletion.ts'
import type { Row } from '../models/row.ts'
import { writePlan } from '../models/write-plan.ts'
import { withColumn } from '../query/build/build-query.ts'
import { selectRows } from '../query/execute/select.ts'
import type { ColumnPath } from '../query/lookup-path.ts'
import { type Query, rootQuery } from '../query/query.ts'
import { databaseToWrite } from '../routing/route.ts'
import { m2mChanged, type RelationAction } from '../signals/signals.ts'
import type { ForeignKeyField } from './foreign-key.ts'
import { pairPath } from './load-related.ts'
import type { RelatedOptions, RelatedRows, SetOptions } from './related-rows.ts'

type Values = Record<string, unknown>

/** The rows that a table of pairs relates to a row. */
export class RowsByPairs implements RelatedRows {
  readonly #near: ForeignKeyField
  readonly #far: ForeignKeyField
  /** Each pair stands both ways. */
  readonly #symmetrical: boolean
  /** Seen from the side that does not declare the relation. */
  readonly #reverse: boolean

  constructor(near: ForeignKeyField, far: ForeignKeyField, symmetrical: boolean, reverse: boolean) {
    this.#near = near
    this.#far = far
    this.#symmetrical = symmetrical
    this.#reverse = reverse
  }

  query(key: unknown): Query {
    return withColumn(rootQuery(this.#far.target.model), pairPath(this.#near, this.#far), [key], true)
  }

  #keyOf(row: Row): unknown {
    return (row as unknown as Values)[this.#near.target.pk.attribute]
  }

  /** The pairs of a row; with `others`, those with these rows. */
  #pairs(near: ForeignKeyField, key: unknown, far: ForeignKeyField, others?: readonly unknown[]): Query {
    const at = (field: ForeignKeyField): ColumnPath => ({ steps: [], field, relation: undefined })
    const own = withColumn(rootQuery(near.meta.model), at(near), [key])
    return others ? withColumn(own, at(far), others) : own
  }

  get #isHeard(): boolean {
    return m2mChanged.hears(this.#near.meta.model)
  }

  async #tell(action: RelationAction, row: Row, db: Database, keys?: readonly unknown[]): Promise<void> {
    if (!this.#isHeard) return
    await m2mChanged.send({
      sender: this.#near.meta.model,
      action,
      instance: row,
      reverse: this.#reverse,
      model: this.#far.target.model,
      pkSet: keys && new Set(keys),
      using: db.alias,
    })
  }

  add(row: Row, keys: readonly unknown[], _given: readonly unknown[], options: RelatedOptions): Promise<void> {
    return this.#atomic(row, async (db) => {
      const key = this.#keyOf(row)
      // Who lets the database pass over the pairs that are there need not ask for them; receivers want to know.
      const asks = this.#isHeard || !this.#near.meta.autoCreated
      const missing = asks ? await this.#missing(this.#near, key, this.#far, keys, db) : keys
      if (missing.length === 0) return
      await this.#tell('preAdd', row, db, missing)
      await this.#insert(db, this.#near, key, this.#far, missing, options)
      if (this.#symmetrical) {
        const back = asks ? await this.#missing(this.#far, key, this.#near, keys, db) : keys
        await this.#insert(db, this.#far, key, this.#near, back, options)
      }
      await this.#tell('postAdd', row, db, missing)
    })
  }

  async #missing(
    near: ForeignKeyField,
    key: unknown,
    far: ForeignKeyField,
    keys: readonly unknown[],
    db: Database,
  ): Promise<unknown[]> {
    if (keys.length === 0) return []
    const there = (await selectRows(this.#pairs(near, key, far, keys), db)) as Values[]
    const known = new Set(there.map((pair) => pair[far.attribute]))
    return keys.filter((each) => !known.has(each))
  }

  async #insert(
    db: Database,
    near: ForeignKeyField,
    key: unknown,
    far: ForeignKeyField,
    keys: readonly unknown[],
    options: RelatedOptions,
  ): Promise<void> {
    const { meta } = near
    if (meta.autoCreated) return insertPairs(db, near, far, near.toSql(key), keys)
    const rows = keys.map((other) => {
      const more = Object.entries(options.throughDefaults ?? {}).map(([name, value]) => {
        return [name, typeof value === 'function' ? (value as () => unknown)() : value]
      })
      const pair = new meta.model(Object.fromEntries(more)) as unknown as Values
      pair[near.attribute] = key
      pair[far.attribute] = other
      return pair as unknown as Row
    })
    await bulkCreate(meta, rows, db)
  }

  remove(row: Row, keys: readonly unknown[]): Promise<void> {
    return this.#atomic(row, async (db) => {
      if (keys.length === 0) return
      await this.#tell('preRemove', row, db, keys)
      await this.#delete(row, db, keys)
      await this.#tell('postRemove', row, db, keys)
    })
  }

  clear(row: Row): Promise<void> {
    return this.#atomic(row, async (db) => {
      await this.#tell('preClear', row, db)
      await this.#delete(row, db)
      await this.#tell('postClear', row, db)
    })
  }

  async #delete(row: Row, db: Database, keys?: readonly unknown[]): Promise<void> {
    const key = this.#keyOf(row)
    await deleteRows(this.#pairs(this.#near, key, this.#far, keys), db, row)
    if (this.#symmetrical) await deleteRows(this.#pairs(this.#far, key, this.#near, keys), db, row)
  }

  set(row: Row, keys: readonly unknown[], given: readonly unknown[], options: SetOptions): Promise<void> {
    return this.#atomic(row, async (db) => {
      if (options.clear) {
        await this.clear(row)
        return this.add(row, keys, given, options)
      }
      const pairs = (await selectRows(this.#pairs(this.#near, this.#keyOf(row), this.#far), db)) as Values[]
      const there = new Set(pairs.map((pair) => pair[this.#far.attribute]))
      const wanted = new Set(keys)
      await this.remove(
        row,
        [...there].filter((key) => !wanted.has(key)),
      )
      const added = keys.filter((key) => !there.has(key))
      if (added.length > 0) await this.add(row, added, given, options)
    })
  }

  create(
    row: Row,
    values: object,
    insert: (values: object) => Promise<unknown>,
    options: RelatedOptions,
  ): Promise<unknown> {
    return this.#atomic(row, async () => {
      const created = (await insert(values)) as Values
      await this.add(row, [created[this.#far.target.pk.attribute]], [], options)
      return created
    })
  }

  #atomic<T>(row: Row, change: (db: Database) => Promise<T>): Promise<T> {
    const db = databaseToWrite(this.#near.meta.model, row)
    return db.atomic(() => change(db), { savepoint: false })
  }
}

/** Pairs of one row with others; those that are there already stay. */
async function insertPairs(
  db: Database,
  near: ForeignKeyField,
  far: ForeignKeyField,
  key: SqlValue,
  others: readonly unknown[],
): Promise<void> {
  const plan = writePlan(near.meta, db.vendor)
  const limits = { parametersPerRow: 2 }
  for (const batch of inBatches(others, limits)) {
    const statement = plan.bulk(`pairs ${near.name} ${batch.length}`, ({ quote, onConflict }) => {
      const pairs = new Array(batch.length).fill(`(${placeholder}, ${placeholder})`).join(', ')
      const columns = `${quote(near.column)}, ${quote(far.column)}`
      return `INSERT INTO ${quote(near.meta.table)} (${columns}) VALUES ${pairs}${onConflict({ action: 'ignore' })}`
    })
    await db.run(
      statement,
      batch.flatMap((other) => [key, far.toSql(other)]),
    )
  }
}
