import { FieldFile } from '../fields/files/field-file.ts'
import type { FileField } from '../fields/files/file-field.ts'

/** Takes back what was stored. It never throws: what led here is the error to tell. */
export type UndoFiles = () => Promise<void>

/** Stores the files of a row that are not stored yet: all of them, or none where one fails. */
export async function storeFiles(row: object, fields: readonly FileField[]): Promise<UndoFiles> {
  const values = row as Record<string, unknown>
  const undoings: UndoFiles[] = []
  const undo = () => undoAll(undoings)
  try {
    for (const field of fields) {
      const file = field.fromInput(values[field.attribute])
      values[field.attribute] = file
      if (file instanceof FieldFile && !file.isStored) undoings.push(await field.store(file, row))
    }
  } catch (error) {
    await undo()
    throw error
  }
  return undo
}

async function undoAll(undoings: UndoFiles[]): Promise<void> {
  // A file that cannot be removed is left over; nothing names it.
  for (const undo of undoings.splice(0).reverse()) await undo().catch(() => {})
}
