import { atomic, snapshotRow } from '@nuages/orm'

/** Saves in one transaction. Where that fails, the rows are as they were: nobody sees a key that the database does not have. */
export async function saveTogether<T>(
  rows: readonly object[],
  using: string | undefined,
  save: () => Promise<T>,
): Promise<T> {
  const restores = rows.map(snapshotRow)
  try {
    return await atomic(save, using === undefined ? {} : { using })
  } catch (error) {
    for (const restore of restores) restore()
    throw error
  }
}
