import type { HttpResponse } from '@nuages/http'

/**
 * Content of less than this goes as it is: with its headers it fits into one packet, however short it is. Where it streams,
 * nobody knows.
 */
const minLength = 1024

/** Types that get smaller: text in all its forms, and the few binary ones that are not compressed already. */
const compressible =
  /^(?:text\/|application\/(?:json|javascript|ecmascript|xml|x-ndjson|jsonl|wasm|rtf|sql|toml|yaml|graphql|vnd\.ms-fontobject)\b|image\/(?:bmp|x-icon|vnd\.microsoft\.icon)\b|font\/(?:ttf|otf|collection|sfnt)\b|[\w.-]+\/[\w.-]+\+(?:json|xml|text|yaml)\b)/i

/** Whether the content of a response is so short that it is not worth it. */
export function isShort(response: HttpResponse): boolean {
  return !response.streaming && response.content.length < minLength
}

/**
 * Whether a response may be sent compressed: it is of a type that gets smaller, and nothing in it stands for its very bytes
 * (a part of a file, a coding, a digest) or forbids it.
 */
export function isCompressible({ headers, status }: HttpResponse): boolean {
  if (status === 206 || status === 204 || status === 304) return false
  if (!compressible.test(headers.get('Content-Type') ?? '')) return false
  for (const name of ['Content-Encoding', 'Content-Range', 'Content-MD5', 'Digest', 'Content-Digest', 'Repr-Digest']) {
    if (headers.has(name)) return false
  }
  return !/\bno-transform\b/i.test(headers.getAll('Cache-Control').join())
}
