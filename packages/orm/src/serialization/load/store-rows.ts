import type { Database } from '../../backends/database.ts'
import { keyText } from '../../fields/composite-key-field.ts'
import type { ModelMeta } from '../../models/model-meta.ts'
import type { Row } from '../../models/row.ts'
import { QuerySet } from '../../query/query-set.ts'
import type { ManyToManyField } from '../../relations/many-to-many.ts'
import { postSave, preSave } from '../../signals/signals.ts'
import type { MadeRow } from './made-row.ts'
import { saveRows } from './save-rows.ts'
import { type PairsOfRow, setPairs } from './set-pairs.ts'

type Keyed = Row & { readonly pk: unknown }

/** Writes rows of one model, tells the receivers of signals, and relates the rows. */
export async function storeRows(meta: ModelMeta, made: readonly MadeRow[], db: Database): Promise<void> {
  const rows = made.map(({ row }) => row)
  const keyed = rows as readonly object[] as readonly Keyed[]
  const event = { sender: meta.model, raw: true, using: db.alias, updateFields: undefined }
  if (preSave.hears(meta.model)) for (const instance of rows) await preSave.send({ ...event, instance })
  const isHeard = postSave.hears(meta.model)
  const there = isHeard ? await keysThere(meta, keyed, db) : new Set()
  const before = isHeard ? keyed.map(({ pk }) => keyText(pk)) : []
  await saveRows(meta, rows, db)
  if (isHeard) {
    for (const [at, instance] of rows.entries()) {
      await postSave.send({ ...event, instance, created: !there.has(before[at]) })
    }
  }
  const relations = new Map<ManyToManyField, PairsOfRow[]>()
  for (const { row, many } of made) {
    for (const [member, keys] of many) {
      const pairs = relations.get(member)
      if (pairs) pairs.push([row, keys])
      else relations.set(member, [[row, keys]])
    }
  }
  for (const [member, pairs] of relations) await setPairs(member, pairs, db)
}

/** The keys, as text, of those rows that the database has already. */
async function keysThere(meta: ModelMeta, rows: readonly Keyed[], db: Database): Promise<ReadonlySet<unknown>> {
  const keys = rows.map(({ pk }) => pk).filter((key) => key !== null && key !== undefined && typeof key !== 'symbol')
  if (keys.length === 0) return new Set()
  const found = new QuerySet(meta.model).using(db.alias).filter({ pk__in: keys } as never)
  return new Set(((await found) as unknown as readonly Keyed[]).map(({ pk }) => keyText(pk)))
}
