import type { Database } from '../backends/database.ts'
import { keyText } from '../fields/composite-key-field.ts'
import type { Field } from '../fields/field.ts'
import { withColumn, withValues } from '../query/build/build-query.ts'
import { selectRows } from '../query/execute/select.ts'
import { type Query, rootQuery } from '../query/query.ts'
import type { ForeignKeyField } from '../relations/foreign-key.ts'
import { isHeard } from './is-heard.ts'
import type { ModelMeta } from './model-meta.ts'

/** Keys a statement takes at once: databases limit their parameters. */
const chunkSize = 10_000

/** Rows that were found by a foreign key. */
export interface RowsByForeignKey {
  readonly key: ForeignKeyField
  /** Their own keys. */
  readonly keys: readonly unknown[]
}

/**
 * What must go or change before some rows can be deleted. It knows rows by their keys alone: there may be many, and only those
 * that are shown have to be loaded. Django's `Collector`, without what it does in the end.
 */
export class DeletionPlan {
  /** The keys of what goes, by model. */
  readonly collected = new Map<ModelMeta, Set<unknown>>()
  /** What goes with its owners and has nothing below it: it is never looked at. */
  readonly direct: { readonly key: ForeignKeyField; readonly owners: readonly unknown[] }[] = []
  /** What stays, and names what goes no more. */
  readonly changed: RowsByForeignKey[] = []
  readonly protected: RowsByForeignKey[] = []
  readonly #restricted: RowsByForeignKey[] = []
  readonly #db: Database
  readonly #lists = new Map<unknown, unknown>()

  constructor(db: Database) {
    this.#db = db
  }

  async add(meta: ModelMeta, keys: readonly unknown[]): Promise<void> {
    const known = this.collected.get(meta) ?? new Set<unknown>()
    this.collected.set(meta, known)
    const added = [...new Set(keys.map((key) => this.#one(key)))].filter((key) => !known.has(key))
    for (const key of added) known.add(key)
    if (added.length === 0) return
    for (const key of meta.registry.keysTo(meta)) await this.#follow(key, added)
  }

  /** What becomes of the rows whose `key` names one of `owners`. */
  async #follow(key: ForeignKeyField, owners: readonly unknown[]): Promise<void> {
    if (key.onDelete === 'DO_NOTHING') return
    if (key.onDelete === 'CASCADE' && isAlone(key.meta) && !isHeard(key.meta)) {
      this.direct.push({ key, owners })
      return
    }
    const keys = await this.keysOf(key, owners)
    if (keys.length === 0) return
    if (key.onDelete === 'CASCADE') await this.add(key.meta, keys)
    else if (key.onDelete === 'PROTECT') this.protected.push({ key, keys })
    else if (key.onDelete === 'RESTRICT') this.#restricted.push({ key, keys })
    else this.changed.push({ key, keys })
  }

  /** The rows that forbid the deletion by `RESTRICT`: those that do not go themselves. */
  async restricted(): Promise<RowsByForeignKey[]> {
    const left: RowsByForeignKey[] = []
    for (const { key, keys } of this.#restricted) {
      const gone = new Set(this.collected.get(key.meta))
      for (const { key: other, owners } of this.direct) {
        if (other.meta === key.meta) for (const each of await this.keysOf(other, owners)) gone.add(each)
      }
      const staying = keys.filter((each) => !gone.has(each))
      if (staying.length > 0) left.push({ key, keys: staying })
    }
    return left
  }

  /** Keys of several fields are lists, of which there is one for equal ones here. */
  #one(key: unknown): unknown {
    if (!Array.isArray(key)) return key
    const text = keyText(key)
    const known = this.#lists.get(text) ?? key
    this.#lists.set(text, known)
    return known
  }

  /** The keys of the rows whose `key` names one of `owners`. */
  async keysOf(key: ForeignKeyField, owners: readonly unknown[]): Promise<unknown[]> {
    const found: unknown[][] = []
    for (const chunk of chunks(owners)) found.push(await selectKeys(whereIn(key.meta, key, chunk), this.#db))
    return found.flat().map((each) => this.#one(each))
  }
}

/** Whether nothing must be looked at when rows of a model go. */
export function isAlone(meta: ModelMeta): boolean {
  return meta.registry.keysTo(meta).every((key) => key.onDelete === 'DO_NOTHING')
}

/** The rows of a model whose `field` is one of `values`, in no order. */
export function whereIn(meta: ModelMeta, field: Field, values: readonly unknown[]): Query {
  const query = withColumn(rootQuery(meta.model), { steps: [], field, relation: undefined }, values)
  return { ...query, ordering: [], shape: `${query.shape} unordered` }
}

/** The keys of the rows of a query. */
export async function selectKeys(query: Query, db: Database): Promise<unknown[]> {
  const plain: Query = { ...query, related: {}, shape: `${query.shape} plain` }
  const rows = (await selectRows(withValues(plain, ['pk']), db)) as { readonly pk: unknown }[]
  return rows.map(({ pk }) => pk)
}

export function* chunks<T>(values: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < values.length; start += chunkSize) yield values.slice(start, start + chunkSize)
}
