import type { Database } from '../../backends/database.ts'
import { operationsFor } from '../../backends/operations-for.ts'
import { AutoField } from '../../fields/auto-field.ts'
import type { ModelMeta } from '../../models/model-meta.ts'

/** Lets the numbers that the database gives to new rows go on behind those that are there. */
export async function continueNumbers(models: Iterable<ModelMeta>, db: Database): Promise<void> {
  const { continueNumbers: sqlFor } = operationsFor(db.vendor)
  if (!sqlFor) return
  for (const { pk, table } of models) {
    if (pk instanceof AutoField) await db.all({ sql: sqlFor(table, pk.column) }, [])
  }
}
