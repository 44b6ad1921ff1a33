import type { ModelMeta } from '@nuages/orm'
import { allRowsOf } from '../model-admin/all-rows.ts'
import { rowsOfKeys } from '../model-admin/find-row.ts'
import type { AnyRow } from '../options/any-model.ts'

type Rows = ReadonlyMap<string, AnyRow>

interface Batch {
  readonly keys: Set<string>
  readonly rows: Promise<Rows>
}

const batches = new WeakMap<ModelMeta, Batch>()

/** The rows of some keys as text. Who asks at the same time, such as the widgets of one page, shares one query. */
export function rowsByText(meta: ModelMeta, keys: readonly string[]): Promise<Rows> {
  let batch = batches.get(meta)
  if (!batch) {
    const wanted = new Set<string>()
    batch = { keys: wanted, rows: Promise.resolve().then(() => ask(meta, wanted)) }
    batches.set(meta, batch)
  }
  for (const key of keys) batch.keys.add(key)
  return batch.rows
}

/** Keys that a statement takes at once: databases limit their parameters. */
const chunkSize = 10_000

async function ask(meta: ModelMeta, wanted: ReadonlySet<string>): Promise<Rows> {
  batches.delete(meta)
  const keys = [...wanted]
  const found = new Map<string, AnyRow>()
  for (let start = 0; start < keys.length; start += chunkSize) {
    const rows = await rowsOfKeys(allRowsOf(meta), keys.slice(start, start + chunkSize))
    for (const row of rows) found.set(String(row.pk), row)
  }
  return found
}
