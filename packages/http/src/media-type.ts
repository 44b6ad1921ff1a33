import { MIMEType } from 'node:util'

/** A `Content-Type` taken apart: `text/html; charset=utf-8`. */
export interface MediaType {
  /** Type and subtype in lower case; `''` where the header is missing or malformed. */
  readonly essence: string
  /** The `charset` parameter in lower case. */
  readonly charset: string | undefined
}

const none: MediaType = { essence: '', charset: undefined }
const parsed = new Map<string, MediaType>()
const maxCached = 100

/** Parses a `Content-Type` (RFC 9110 §8.3). A malformed one is treated as missing, as the media type then is unknown. */
export function parseMediaType(header: string | undefined): MediaType {
  if (header === undefined || header === '') return none
  const known = parsed.get(header)
  if (known !== undefined) return known
  const type = readType(header)
  const result =
    type === undefined
      ? none
      : { essence: type.essence, charset: type.params.get('charset')?.toLowerCase() ?? undefined }
  // a multipart type carries a boundary of its own, so it would only fill the cache
  if (parsed.size < maxCached && !result.essence.startsWith('multipart/')) parsed.set(header, result)
  return result
}

/** The `boundary` of a multipart `Content-Type` (RFC 2046 §5.1.1); `undefined` where it is missing or malformed. */
export function boundaryOf(header: string): string | undefined {
  const boundary = readType(header)?.params.get('boundary')
  return boundary && boundaryPattern.test(boundary) ? boundary : undefined
}

const boundaryPattern = /^[\w'()+,./:=? -]{0,69}[\w'()+,./:=?-]$/

// node's parser takes quadratic time over blanks in the middle of a type
const typeAndSubtype = /^[\t ]*[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+[\t ]*(?:;|$)/

function readType(header: string): MIMEType | undefined {
  if (!typeAndSubtype.test(header)) return undefined
  try {
    return new MIMEType(header)
  } catch {
    return undefined
  }
}
