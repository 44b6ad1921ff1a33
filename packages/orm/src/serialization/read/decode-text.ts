import { DeserializationError } from '../errors.ts'

/** Text, or bytes in UTF-8: a stream of a file, `[bytes]`, or a text as it is. */
export type SerializedText = string | Iterable<Uint8Array | string> | AsyncIterable<Uint8Array | string>

/** The text in pieces. Throws `DeserializationError` for bytes that are no UTF-8. */
export async function* decodeText(
  input: SerializedText,
  source: string | undefined,
): AsyncGenerator<string, void, undefined> {
  if (typeof input === 'string') {
    yield input
    return
  }
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let read = 0
  const decode = (bytes: Uint8Array, stream: boolean): string => {
    try {
      return decoder.decode(bytes, { stream })
    } catch (error) {
      throw notUtf8(bytes, read, source, error)
    }
  }
  for await (const piece of input) {
    const text = typeof piece === 'string' ? piece : decode(piece, true)
    if (text !== '') yield text
    read += piece.length
  }
  const rest = decode(new Uint8Array(), false)
  if (rest !== '') yield rest
}

function notUtf8(bytes: Uint8Array, read: number, source: string | undefined, cause: unknown): DeserializationError {
  const isUtf16 = read === 0 && ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
  const found = isUtf16 ? 'it is UTF-16' : `the byte at ${read + firstWrong(bytes)} is none of its`
  return new DeserializationError(`${source ?? 'The text'} is no UTF-8: ${found}.`, {
    cause,
    hint: 'Save it as UTF-8.',
  })
}

/** Where the first byte stands that makes it none. */
function firstWrong(bytes: Uint8Array): number {
  const text = new TextDecoder().decode(bytes)
  const at = text.indexOf('\uFFFD')
  return Buffer.byteLength(at < 0 ? text : text.slice(0, at))
}
