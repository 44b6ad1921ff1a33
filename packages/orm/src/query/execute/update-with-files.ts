import type { Database } from '../../backends/database.ts'
import { FieldValueError } from '../../errors.ts'
import { FieldFile } from '../../fields/files/field-file.ts'
import type { FileField } from '../../fields/files/file-field.ts'
import { storeFiles } from '../../models/store-files.ts'
import { blockOf } from '../../transactions/atomic-block.ts'
import type { Query } from '../query.ts'
import { updateRows } from './update-rows.ts'

/** `updateRows` of a model with files: a new one is stored once, for all rows. */
export async function updateWithFiles(query: Query, values: object, db: Database): Promise<number> {
  const stored: Record<string, unknown> = { ...values }
  const meant = query.meta.fileFields.filter(({ attribute }) => stored[attribute] !== undefined)
  for (const field of meant) refuseWithoutRow(field, stored[field.attribute])
  const undo = await storeFiles(stored, meant)
  try {
    const count = await updateRows(query, stored, db)
    blockOf(db)?.whenUndone(undo)
    return count
  } catch (error) {
    await undo()
    throw error
  }
}

function refuseWithoutRow(field: FileField, value: unknown): void {
  const file = field.fromInput(value)
  if (typeof field.uploadTo !== 'function' || !(file instanceof FieldFile) || file.isStored) return
  throw new FieldValueError(field.name, 'a stored file, since update() has no row for uploadTo', file.name)
}
