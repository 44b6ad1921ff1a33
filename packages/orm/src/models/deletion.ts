import type { Database } from '../backends/database.ts'
import { ProtectedError, RestrictedError } from '../errors.ts'
import { withColumn } from '../query/build-query.ts'
import { type Query, rootQuery } from '../query/query.ts'
import { selectRows } from '../query/select.ts'
import { deleteDirectly, updateRows } from '../query/update-rows.ts'
import type { ForeignKeyField } from '../relations/foreign-key.ts'
import type { ModelMeta } from './model-meta.ts'
import { type Row, stateOf } from './row.ts'
import { metaOf } from './save-row.ts'

export type Deleted = [total: number, byModel: Record<string, number>]

/** Keys a statement takes at once: databases limit their parameters. */
const chunkSize = 10_000

const keyOf = (row: Row): unknown => (row as unknown as Record<string, unknown>)[metaOf(row).pk.attribute]

/** Deletes the rows of a query and what goes with them. */
export async function deleteRows(query: Query, db: Database): Promise<Deleted> {
  const plain: Query = { ...query, related: {}, shape: `${query.shape} plain` }
  if (isAlone(query.meta)) {
    const count = await deleteDirectly(plain, db)
    return [count, count > 0 ? { [query.meta.label]: count } : {}]
  }
  return db.atomic(async () => new Collector(db).delete((await selectRows(plain, db)) as Row[]))
}

/** Deletes one row and what goes with it. The instance has no key afterwards. */
export async function deleteRow(row: Row, db: Database): Promise<Deleted> {
  const meta = metaOf(row)
  const deleted = await db.atomic(() => new Collector(db).delete([row]))
  stateOf(row).stored = false
  ;(row as unknown as Record<string, unknown>)[meta.pk.attribute] = null
  return deleted
}

/** Whether nothing must be looked at when rows of a model go. */
function isAlone(meta: ModelMeta): boolean {
  return meta.registry.keysTo(meta).every((key) => key.onDelete === 'DO_NOTHING')
}

/** Finds what must be deleted or changed before some rows can go, and does it: Django's collector. */
class Collector {
  readonly #db: Database
  readonly #collected = new Map<ModelMeta, Map<unknown, Row>>()
  readonly #direct: { key: ForeignKeyField; owners: unknown[] }[] = []
  readonly #updates: { key: ForeignKeyField; rows: Row[] }[] = []
  readonly #protected: { key: ForeignKeyField; rows: Row[] }[] = []
  readonly #restricted: { key: ForeignKeyField; rows: Row[] }[] = []

  constructor(db: Database) {
    this.#db = db
  }

  async delete(rows: readonly Row[]): Promise<Deleted> {
    if (rows.length > 0) await this.#collect(metaOf(rows[0]!), rows)
    this.#refuse()
    const counts: Record<string, number> = {}
    const count = (meta: ModelMeta, deleted: number): void => {
      if (deleted > 0) counts[meta.label] = (counts[meta.label] ?? 0) + deleted
    }
    for (const { key, owners } of this.#direct) {
      for (const chunk of chunks(owners))
        count(key.meta, await deleteDirectly(whereKey(key.meta, key, chunk), this.#db))
    }
    for (const { key, rows: changed } of this.#updates) await this.#update(key, changed)
    for (const meta of this.#inOrder()) {
      const keys = [...this.#collected.get(meta)!.keys()]
      for (const chunk of chunks(keys)) count(meta, await deleteDirectly(whereKey(meta, meta.pk, chunk), this.#db))
    }
    return [Object.values(counts).reduce((sum, each) => sum + each, 0), counts]
  }

  async #collect(meta: ModelMeta, rows: readonly Row[]): Promise<void> {
    const known = this.#collected.get(meta) ?? new Map<unknown, Row>()
    this.#collected.set(meta, known)
    const added = rows.filter((row) => !known.has(keyOf(row)))
    for (const row of added) known.set(keyOf(row), row)
    if (added.length === 0) return
    for (const key of meta.registry.keysTo(meta)) await this.#follow(key, added.map(keyOf))
  }

  /** What becomes of the rows whose `key` names one of `owners`. */
  async #follow(key: ForeignKeyField, owners: unknown[]): Promise<void> {
    if (key.onDelete === 'DO_NOTHING') return
    if (key.onDelete === 'CASCADE' && isAlone(key.meta)) {
      this.#direct.push({ key, owners })
      return
    }
    const rows: Row[] = []
    for (const chunk of chunks(owners))
      rows.push(...((await selectRows(whereKey(key.meta, key, chunk), this.#db)) as Row[]))
    if (rows.length === 0) return
    if (key.onDelete === 'CASCADE') await this.#collect(key.meta, rows)
    else if (key.onDelete === 'PROTECT') this.#protected.push({ key, rows })
    else if (key.onDelete === 'RESTRICT') this.#restricted.push({ key, rows })
    else this.#updates.push({ key, rows })
  }

  #refuse(): void {
    if (this.#protected.length > 0) {
      throw new ProtectedError(
        `Cannot delete: ${describe(this.#protected)} with onDelete PROTECT.`,
        this.#protected.flatMap(({ rows }) => rows),
      )
    }
    const restricted = this.#restricted
      .map(({ key, rows }) => ({ key, rows: rows.filter((row) => !this.#collected.get(key.meta)?.has(keyOf(row))) }))
      .filter(({ rows }) => rows.length > 0)
    if (restricted.length > 0) {
      throw new RestrictedError(
        `Cannot delete: ${describe(restricted)} with onDelete RESTRICT.`,
        restricted.flatMap(({ rows }) => rows),
      )
    }
  }

  async #update(key: ForeignKeyField, rows: readonly Row[]): Promise<void> {
    const value = key.onDelete === 'SET_NULL' ? null : key.initialValue()
    for (const chunk of chunks(rows.map(keyOf))) {
      await updateRows(whereKey(key.meta, key.meta.pk, chunk), { [key.name]: value }, this.#db)
    }
  }

  /** Models so that those that hold keys come before those that the keys name. */
  #inOrder(): ModelMeta[] {
    const order: ModelMeta[] = []
    const visit = (meta: ModelMeta, trail: ReadonlySet<ModelMeta>): void => {
      if (order.includes(meta) || trail.has(meta)) return
      const further = new Set(trail).add(meta)
      for (const { meta: owner } of meta.registry.keysTo(meta)) if (this.#collected.has(owner)) visit(owner, further)
      order.push(meta)
    }
    for (const meta of this.#collected.keys()) visit(meta, new Set())
    return order
  }
}

function whereKey(meta: ModelMeta, field: ForeignKeyField | ModelMeta['pk'], values: readonly unknown[]): Query {
  const query = withColumn(rootQuery(meta.model), { steps: [], field, relation: undefined }, values)
  return { ...query, ordering: [], shape: `${query.shape} unordered` }
}

function describe(groups: readonly { key: ForeignKeyField; rows: readonly Row[] }[]): string {
  return groups
    .map(
      ({ key, rows }) =>
        `${rows.length} ${key.meta.name}${rows.length === 1 ? '' : 's'} by ${key.meta.name}.${key.name}`,
    )
    .join(', ')
    .concat(' point to it')
}

function* chunks<T>(values: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < values.length; start += chunkSize) yield values.slice(start, start + chunkSize)
}
