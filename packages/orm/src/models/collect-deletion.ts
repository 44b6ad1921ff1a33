import type { Database } from '../backends/database.ts'
import { database } from '../backends/registry.ts'
import { withOrdering } from '../query/build/build-query.ts'
import { countRows, selectRows } from '../query/execute/select.ts'
import { asQuery, isQuerySource, type Query } from '../query/query.ts'
import { writeDatabaseOf } from '../query/query-chain.ts'
import type { ForeignKeyField } from '../relations/foreign-key.ts'
import { databaseToWrite } from '../routing/route.ts'
import { chunks, DeletionPlan, type RowsByForeignKey, selectKeys, whereIn } from './deletion-plan.ts'
import type { ModelMeta } from './model-meta.ts'
import type { Row } from './row.ts'
import { metaOf } from './save-row.ts'

/** A row that would go, and what would go with it. */
export interface DeletedRow {
  readonly meta: ModelMeta
  readonly row: object
  /** By the foreign key that names this row; rows that several lead to are listed once. */
  readonly related: readonly { readonly key: ForeignKeyField; readonly rows: readonly DeletedRow[] }[]
}

/** Rows that a deletion would meet by a foreign key. */
export interface MetRows {
  readonly key: ForeignKeyField
  readonly meta: ModelMeta
  readonly count: number
  /** The first of them. */
  readonly rows: readonly object[]
}

/** What deleting some rows would do. */
export interface CollectedDeletion {
  /** How many rows would go, by model: the given ones too, and the links of many-to-many relations (`meta.autoCreated`). */
  readonly byModel: ReadonlyMap<ModelMeta, number>
  readonly total: number
  /** The given rows, each with what goes with it below: `limit` rows in all, and no links of many-to-many relations. */
  readonly nested: readonly DeletedRow[]
  /** How many rows of each model `nested` leaves out. */
  readonly unlisted: ReadonlyMap<ModelMeta, number>
  /** Rows that stay and lose the row they name: `SET_NULL` and `SET_DEFAULT`. */
  readonly changed: readonly MetRows[]
  /** Rows that forbid the deletion: `PROTECT`. */
  readonly protected: readonly MetRows[]
  /** Rows that forbid the deletion and do not go themselves: `RESTRICT`. */
  readonly restricted: readonly MetRows[]
}

/**
 * What `delete()` of these rows, or of a queryset's, would take along, without doing it: for a page that asks whether to go on.
 * At most `limit` rows are loaded to be listed, 100 unless told; the others are counted.
 */
export async function collectDeletion(
  rows: readonly object[] | PromiseLike<readonly object[]>,
  options: { readonly limit?: number; readonly using?: string } = {},
): Promise<CollectedDeletion> {
  const limit = options.limit ?? 100
  const source = isQuerySource(rows) ? { query: rows[asQuery](), db: writeDatabaseOf(rows) } : undefined
  const given = source ? [] : ((await rows) as readonly Row[])
  const db = options.using === undefined ? (source?.db ?? databaseOfRows(given)) : database(options.using)
  const plan = new DeletionPlan(db)
  if (source) await plan.add(source.query.meta, await selectKeys(source.query, db))
  for (const [meta, some] of Map.groupBy(given, metaOf)) await plan.add(meta, some.map(keyOf))
  const shown = source ? await firstRows(source.query, limit, db) : given.slice(0, limit)
  const byModel = await countByModel(plan, db)
  const tree = new DeletedRows(limit, db)
  return {
    byModel,
    total: [...byModel.values()].reduce((sum, count) => sum + count, 0),
    nested: await tree.list(shown),
    unlisted: tree.unlisted(byModel),
    changed: await met(plan.changed, limit, db),
    protected: await met(plan.protected, limit, db),
    restricted: await met(await plan.restricted(), limit, db),
  }
}

function databaseOfRows([first]: readonly Row[]): Database {
  return first ? databaseToWrite(metaOf(first).model, first) : database()
}

const keyOf = (row: object): unknown => (row as Record<string, unknown>)[metaOf(row).pk.attribute]

async function firstRows(query: Query, limit: number, db: Database): Promise<Row[]> {
  const high = query.low + limit
  return (await selectRows({ ...query, high: Math.min(query.high ?? high, high) }, db)) as Row[]
}

async function countByModel(plan: DeletionPlan, db: Database): Promise<Map<ModelMeta, number>> {
  const counts = new Map([...plan.collected].map(([meta, keys]) => [meta, keys.size] as const))
  for (const [meta, found] of Map.groupBy(plan.direct, ({ key }) => key.meta)) {
    const [first] = found
    // One row may be found by two keys, and goes once.
    const one = new Set(found.map(({ key }) => key)).size === 1
    const keys = new Set<unknown>()
    let count = 0
    for (const { key, owners } of found) {
      if (!one) for (const each of await plan.keysOf(key, owners)) keys.add(each)
      else for (const chunk of chunks(owners)) count += await countRows(whereIn(meta, first!.key, chunk), db)
    }
    if (count + keys.size > 0) counts.set(meta, count + keys.size)
  }
  return new Map([...counts].filter(([, count]) => count > 0))
}

async function met(groups: readonly RowsByForeignKey[], limit: number, db: Database): Promise<MetRows[]> {
  const all: MetRows[] = []
  for (const [key, found] of Map.groupBy(groups, (group) => group.key)) {
    const keys = [...new Set(found.flatMap((group) => group.keys))]
    const { meta } = key
    const first = withOrdering(whereIn(meta, meta.pk, keys.slice(0, limit)), ['pk'])
    const rows = (await selectRows(first, db)) as Row[]
    all.push({ key, meta, count: keys.length, rows })
  }
  return all
}

interface Node extends DeletedRow {
  readonly related: { readonly key: ForeignKeyField; readonly rows: Node[] }[]
}

/** The list of what goes, level by level, until it is long enough. */
class DeletedRows {
  readonly #limit: number
  readonly #db: Database
  readonly #listed = new Map<ModelMeta, Map<unknown, Node>>()
  #count = 0

  constructor(limit: number, db: Database) {
    this.#limit = limit
    this.#db = db
  }

  async list(rows: readonly Row[]): Promise<Node[]> {
    const top = rows.flatMap((row) => this.#node(row) ?? [])
    for (let level = top; level.length > 0 && this.#count < this.#limit; ) level = await this.#below(level)
    return top
  }

  unlisted(counts: ReadonlyMap<ModelMeta, number>): Map<ModelMeta, number> {
    const left = [...counts].map(([meta, count]) => [meta, count - (this.#listed.get(meta)?.size ?? 0)] as const)
    return new Map(left.filter(([meta, count]) => count > 0 && !meta.autoCreated))
  }

  async #below(level: readonly Node[]): Promise<Node[]> {
    const next: Node[] = []
    for (const [meta, owners] of Map.groupBy(level, (node) => node.meta)) {
      const keys = meta.registry.keysTo(meta).filter((key) => key.onDelete === 'CASCADE' && !key.meta.autoCreated)
      for (const key of keys) next.push(...(await this.#follow(key, owners)))
    }
    return next
  }

  async #follow(key: ForeignKeyField, owners: readonly Node[]): Promise<Node[]> {
    const room = this.#limit - this.#count
    if (room <= 0) return []
    const byKey = new Map(owners.map((node) => [keyOf(node.row), node]))
    const found = withOrdering(whereIn(key.meta, key, [...byKey.keys()]), ['pk'])
    const rows = await firstRows(found, room, this.#db)
    const added: Node[] = []
    for (const row of rows) {
      const owner = byKey.get((row as unknown as Record<string, unknown>)[key.attribute])
      const node = owner && this.#node(row)
      if (!owner || !node) continue
      const group = owner.related.find((each) => each.key === key)
      if (group) group.rows.push(node)
      else owner.related.push({ key, rows: [node] })
      added.push(node)
    }
    return added
  }

  /** The place of a row in the list; nothing where it has one. */
  #node(row: Row): Node | undefined {
    const meta = metaOf(row)
    const listed = this.#listed.get(meta) ?? new Map<unknown, Node>()
    this.#listed.set(meta, listed)
    if (listed.has(keyOf(row))) return undefined
    const node: Node = { meta, row, related: [] }
    listed.set(keyOf(row), node)
    this.#count += 1
    return node
  }
}
