import type { Database } from '../backends/database.ts'
import { ProtectedError, RestrictedError } from '../errors.ts'
import { refuseCompound } from '../query/build/query-state.ts'
import { selectRows } from '../query/execute/select.ts'
import { deleteDirectly, updateRows } from '../query/execute/update-rows.ts'
import type { Query } from '../query/query.ts'
import type { ForeignKeyField } from '../relations/foreign-key.ts'
import { claimVersion } from './claim-version.ts'
import { chunks, DeletionPlan, isAlone, type RowsByForeignKey, selectKeys, whereIn } from './deletion-plan.ts'
import { Farewell } from './farewell.ts'
import { isHeard } from './is-heard.ts'
import type { ModelMeta } from './model-meta.ts'
import { type Row, stateOf } from './row.ts'
import { metaOf } from './save-row.ts'

export type Deleted = [total: number, byModel: Record<string, number>]

/** An error holds this many of the rows that forbid a deletion, of however many there are. */
const heldByError = 1000

/** Deletes the rows of a query and what goes with them. */
export async function deleteRows(query: Query, db: Database, origin: object): Promise<Deleted> {
  refuseCompound(query, 'delete')
  if (isAlone(query.meta) && !isHeard(query.meta)) {
    const plain: Query = { ...query, related: {}, shape: `${query.shape} plain` }
    const count = await deleteDirectly(plain, db)
    return [count, count > 0 ? { [query.meta.label]: count } : {}]
  }
  return db.atomic(async () => {
    const keys = await selectKeys(query, db)
    return deleteKeys(query.meta, keys, db, new Farewell(db, origin))
  })
}

/** Deletes one row and what goes with it. The instance has no key afterwards. Throws `StaleRowError` for one that has changed. */
export async function deleteRow(row: Row, db: Database): Promise<Deleted> {
  const meta = metaOf(row)
  const values = row as unknown as Record<string, unknown>
  const deleted = await db.atomic(async () => {
    await claimVersion(row, meta, db)
    return deleteKeys(meta, [values[meta.pk.attribute]], db, new Farewell(db, row, row))
  })
  stateOf(row).stored = false
  values[meta.pk.attribute] = null
  return deleted
}

/** Deletes the rows with these keys, and does what has to be done before. */
async function deleteKeys(
  meta: ModelMeta,
  keys: readonly unknown[],
  db: Database,
  farewell: Farewell,
): Promise<Deleted> {
  const plan = new DeletionPlan(db)
  await plan.add(meta, keys)
  await refuse(plan, db)
  const counts: Record<string, number> = {}
  const count = (of: ModelMeta, deleted: number): void => {
    if (deleted > 0) counts[of.label] = (counts[of.label] ?? 0) + deleted
  }
  const order = inOrder(plan.collected)
  for (const each of order) await farewell.before(each, plan.collected.get(each)!)
  for (const { key, owners } of plan.direct) {
    for (const chunk of chunks(owners)) count(key.meta, await deleteDirectly(whereIn(key.meta, key, chunk), db))
  }
  for (const { key, keys: changed } of plan.changed) await update(key, changed, db)
  for (const each of order) {
    for (const chunk of chunks([...plan.collected.get(each)!])) {
      count(each, await deleteDirectly(whereIn(each, each.pk, chunk), db))
    }
    await farewell.after(each)
  }
  return [Object.values(counts).reduce((sum, each) => sum + each, 0), counts]
}

async function refuse(plan: DeletionPlan, db: Database): Promise<void> {
  if (plan.protected.length > 0) {
    const message = `Cannot delete: ${describe(plan.protected)} with onDelete PROTECT.`
    throw new ProtectedError(message, await someOf(plan.protected, db))
  }
  const restricted = await plan.restricted()
  if (restricted.length > 0) {
    const message = `Cannot delete: ${describe(restricted)} with onDelete RESTRICT.`
    throw new RestrictedError(message, await someOf(restricted, db))
  }
}

async function someOf(groups: readonly RowsByForeignKey[], db: Database): Promise<object[]> {
  const rows: object[] = []
  for (const { key, keys } of groups) {
    const few = keys.slice(0, heldByError - rows.length)
    rows.push(...((await selectRows(whereIn(key.meta, key.meta.pk, few), db)) as object[]))
  }
  return rows
}

async function update(key: ForeignKeyField, keys: readonly unknown[], db: Database): Promise<void> {
  const value = valueAfter(key)
  for (const chunk of chunks(keys)) {
    await updateRows(whereIn(key.meta, key.meta.pk, chunk), { [key.name]: value }, db)
  }
}

/** What a key becomes when the row that it names goes. */
function valueAfter(key: ForeignKeyField): unknown {
  if (key.onDelete === 'SET_NULL') return null
  return typeof key.onDelete === 'object' ? key.onDelete.value() : key.initialValue()
}

/** Models so that those that hold keys come before those that the keys name. */
function inOrder(collected: ReadonlyMap<ModelMeta, unknown>): ModelMeta[] {
  const order: ModelMeta[] = []
  const visit = (meta: ModelMeta, trail: ReadonlySet<ModelMeta>): void => {
    if (order.includes(meta) || trail.has(meta)) return
    const further = new Set(trail).add(meta)
    for (const { meta: owner } of meta.registry.keysTo(meta)) if (collected.has(owner)) visit(owner, further)
    order.push(meta)
  }
  for (const meta of collected.keys()) visit(meta, new Set())
  return order
}

function describe(groups: readonly RowsByForeignKey[]): string {
  return groups
    .map(
      ({ key, keys }) =>
        `${keys.length} ${key.meta.name}${keys.length === 1 ? '' : 's'} by ${key.meta.name}.${key.name}`,
    )
    .join(', ')
    .concat(' point to it')
}
