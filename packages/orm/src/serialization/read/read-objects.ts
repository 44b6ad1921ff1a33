import { assertFormat, type SerializationFormat } from '../format.ts'
import { decodeText, type SerializedText } from './decode-text.ts'
import type { PlacedObject } from './placed-object.ts'
import { ArrayReader } from './read-array.ts'
import { LineReader } from './read-lines.ts'

/**
 * The objects of a text as they come in, some at a time. `source` is what the text is called in errors. Throws
 * `DeserializationError` for what is no such text.
 */
export async function* readObjects(
  format: SerializationFormat,
  input: SerializedText,
  source?: string,
): AsyncGenerator<readonly PlacedObject[], void, undefined> {
  assertFormat(format)
  const reader = format === 'json' ? new ArrayReader(source) : new LineReader(source)
  for await (const text of decodeText(input, source)) {
    const objects = reader.read(text)
    if (objects.length > 0) yield objects
  }
  const last = reader.end()
  if (last && last.length > 0) yield last
}
