import { didYouMean } from '@nuages/foundation'
import { SerializationError } from './errors.ts'

/** `'json'` is one list of objects, `'jsonl'` an object on each line. */
export type SerializationFormat = 'json' | 'jsonl'

/** The formats that there are. Django's `get_public_serializer_formats`. */
export const serializationFormats: readonly SerializationFormat[] = ['json', 'jsonl']

/** Throws `SerializationError` for a format that there is not. */
export function assertFormat(format: string): asserts format is SerializationFormat {
  if ((serializationFormats as readonly string[]).includes(format)) return
  throw new SerializationError(
    `There is no format '${format}'.${didYouMean(format, serializationFormats)} Formats: ${serializationFormats.join(', ')}.`,
  )
}
