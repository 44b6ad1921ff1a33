import type { Database } from '../backends/database.ts'
import { StaleRowError } from '../errors.ts'
import type { ModelMeta } from './model-meta.ts'
import type { Row } from './row.ts'
import { writePlan } from './write-plan.ts'

/** Makes sure, within a transaction, that the database has the version of a row that is at hand, and lets nobody change it. */
export async function claimVersion(row: Row, meta: ModelMeta, db: Database): Promise<void> {
  const plan = writePlan(meta, db.vendor)
  const version = plan.fields[plan.versionAt]
  if (!version) return
  const values = row as unknown as Record<string, unknown>
  const key = values[meta.pk.attribute]
  const before = values[version.attribute]
  const { changes } = await db.run(plan.update([]), [
    ...meta.keyFields.map((field) => field.toSql(values[field.attribute])),
    version.toSql(before),
  ])
  if (changes > 0) return
  throw new StaleRowError(
    `${meta.name} with key ${String(key)} has changed or is gone since version ${String(before)} of it was read, so that it was not deleted.`,
    row,
  )
}
