import type { MaybePromise } from '../backends/database.ts'
import { ModelInstance } from './model-instance.ts'
import type { Row } from './row.ts'
import { saveRow } from './save-row.ts'

/** Inserts a new row, by the model's own `save` where it has one. */
export function insertNew(row: Row, using: string | undefined): MaybePromise<void> {
  const options = { forceInsert: true, using }
  const instance = row as ModelInstance
  return instance.save === ModelInstance.prototype.save ? saveRow(row, options) : instance.save(options)
}
