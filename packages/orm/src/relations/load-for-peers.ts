import type { Relation } from '../models/model-meta.ts'
import { type Row, stateOf } from '../models/row.ts'
import { databaseToRead } from '../routing/route.ts'
import { loadRelation } from './load-related.ts'

const loading = new WeakMap<object, Map<Relation, Promise<unknown>>>()

/** Loads a relation for a row and all rows of the same result, in one query; reads at the same time share it. */
export function loadForPeers(row: Row, relation: Relation): Promise<unknown> {
  const { peers } = stateOf(row)
  const shared = peers?.blocks ?? row
  let running = loading.get(shared)
  if (!running) {
    running = new Map()
    loading.set(shared, running)
  }
  const known = running.get(relation)
  if (known) return known
  const rows = peers?.all() as readonly Row[] | undefined
  const load = loadRelation(
    relation,
    rows?.includes(row) ? rows : [row, ...(rows ?? [])],
    databaseToRead(relation.target.model, row),
  )
  const done = load.finally(() => running.delete(relation))
  running.set(relation, done)
  return done
}
