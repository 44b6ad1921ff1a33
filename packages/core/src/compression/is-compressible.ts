import type { HttpResponse } from '@nuages/http'

/** Content of less than this goes as it is: with its headers it fits into one packet, however short it is. */
const minLength = 1024

/** Files of more than this go as they are: each request would compress all of them anew. */
const maxFileLength = 8 * 1024 * 1024

/** Types that get smaller: text in all its forms, and the few binary ones that are not compressed already. */
const compressible =
  /^(?:text\/|application\/(?:json|javascript|ecmascript|xml|x-ndjson|jsonl|wasm|rtf|sql|toml|yaml|graphql|vnd\.ms-fontobject)\b|image\/(?:bmp|x-icon|vnd\.microsoft\.icon)\b|font\/(?:ttf|otf|collection|sfnt)\b|[\w.-]+\/[\w.-]+\+(?:json|xml|text|yaml)\b)/i

/** Whether the content of a response is so short that it is not worth it. Of a stream that does not say, nobody knows. */
export function isShort(response: HttpResponse): boolean {
  if (!response.streaming) return response.content.length < minLength
  const length = statedLength(response)
  return length !== undefined && length < minLength
}

/** The length that a stream says it has, as that of a file does. */
function statedLength({ headers }: HttpResponse): number | undefined {
  const length = headers.get('Content-Length')
  return length === undefined ? undefined : Number(length)
}

/**
 * Whether a response may be sent compressed: it is of a type that gets smaller, and nothing in it stands for its very bytes
 * (a part of a file, a coding, a digest) or forbids it.
 */
export function isCompressible(response: HttpResponse): boolean {
  const { headers, status } = response
  if (response.streaming && (statedLength(response) ?? 0) > maxFileLength) return false
  if (status === 206 || status === 204 || status === 304) return false
  if (!compressible.test(headers.get('Content-Type') ?? '')) return false
  for (const name of ['Content-Encoding', 'Content-Range', 'Content-MD5', 'Digest', 'Content-Digest', 'Repr-Digest']) {
    if (headers.has(name)) return false
  }
  return !/\bno-transform\b/i.test(headers.getAll('Cache-Control').join())
}
