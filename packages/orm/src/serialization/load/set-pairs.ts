import type { Database } from '../../backends/database.ts'
import { bulkCreate } from '../../models/bulk-create.ts'
import type { Row } from '../../models/row.ts'
import { QuerySet } from '../../query/query-set.ts'
import type { ManyToManyField } from '../../relations/many-to-many.ts'
import { m2mChanged } from '../../signals/signals.ts'

type Values = Record<string, unknown>

/** Rows with the keys of those that a relation leads to. */
export type PairsOfRow = readonly [row: Row, keys: readonly unknown[]]

/** Makes rows related to just these others: pairs that are there stay, others go. */
export async function setPairs(member: ManyToManyField, rows: readonly PairsOfRow[], db: Database): Promise<void> {
  // What belongs to a pair beside the pair itself, its other direction, a model's own fields, receivers, is the manager's to know.
  if (member.symmetrical || !member.ownsTable || m2mChanged.hears(member.through.model)) {
    for (const [row, keys] of rows) {
      const manager = (row as unknown as Values)[member.name] as { set(keys: readonly unknown[]): Promise<void> }
      await manager.set(keys)
    }
    return
  }
  const { through, sourceKey, targetKey } = member
  const wanted = new Map(rows.map(([row, keys]) => [keyOf(row, member), new Set(keys)]))
  const there = new QuerySet(through.model)
    .using(db.alias)
    .filter({ [`${sourceKey.name}__in`]: [...wanted.keys()] } as never)
  const stale: unknown[] = []
  for (const pair of (await there) as unknown as readonly (Values & { readonly pk: unknown })[]) {
    if (!wanted.get(pair[sourceKey.attribute])?.delete(pair[targetKey.attribute])) stale.push(pair.pk)
  }
  if (stale.length > 0) {
    await new QuerySet(through.model)
      .using(db.alias)
      .filter({ pk__in: stale } as never)
      .delete()
  }
  const added = [...wanted].flatMap(([source, targets]) =>
    [...targets].map((target) => {
      return new through.model({ [sourceKey.attribute]: source, [targetKey.attribute]: target }) as Row
    }),
  )
  await bulkCreate(through, added, db)
}

function keyOf(row: Row, { meta }: ManyToManyField): unknown {
  return (row as unknown as Values)[meta.pk.attribute]
}
