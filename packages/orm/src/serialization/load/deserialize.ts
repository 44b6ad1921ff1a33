import { database } from '../../backends/registry.ts'
import { models } from '../../models/register-models.ts'
import type { SerializationFormat } from '../format.ts'
import type { SerializedText } from '../read/decode-text.ts'
import { readObjects } from '../read/read-objects.ts'
import { type ReadRowOptions, readRow } from '../read/read-row.ts'
import { DeserializedObject } from './deserialized-object.ts'
import { identifyRows, makeRows } from './made-row.ts'
import { NaturalKeys } from './natural-keys.ts'
import { missingError, resolveRow } from './resolve-row.ts'

export interface DeserializeOptions extends Partial<ReadRowOptions> {
  /** The alias of the database in which natural keys are looked for; `default` unless told. */
  readonly using?: string | undefined
  /** What the text is called in errors. */
  readonly source?: string | undefined
  /** A natural key that names no row is left to `saveDeferredFields`, in place of an error. */
  readonly handleForwardReferences?: boolean | undefined
}

/**
 * The rows that a text has, one by one as they are read; each is saved by its `save()`. Throws `DeserializationError`.
 *
 * ```ts
 * for await (const row of deserialize('json', text)) if (row.object instanceof Post) await row.save()
 * ```
 *
 * Django's `serializers.deserialize`.
 */
export async function* deserialize(
  format: SerializationFormat,
  input: SerializedText,
  options: DeserializeOptions = {},
): AsyncGenerator<DeserializedObject, void, undefined> {
  const reading = { registry: models, ...options }
  for await (const objects of readObjects(format, input, options.source)) {
    for (const object of objects) {
      const read = readRow(object, reading)
      if (read === undefined) continue
      const db = database(options.using)
      // Between one row and the next, the caller may save what the next one names.
      const keys = new NaturalKeys(db)
      const resolved = await resolveRow(read, keys)
      if (resolved.missing.size > 0 && !options.handleForwardReferences) throw missingError(resolved)
      const made = makeRows([resolved], db)
      await identifyRows(made, keys)
      yield new DeserializedObject(made[0]!)
    }
  }
}
