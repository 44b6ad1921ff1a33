import { readParameters } from './header-parameters.ts'

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
  const essence = typeAndSubtype.exec(header)
  const result =
    essence === null
      ? none
      : {
          essence: essence[1]!.toLowerCase(),
          charset: parameterOf(header, essence[0].length, 'charset')?.toLowerCase(),
        }
  // a multipart type carries a boundary of its own, so it would only fill the cache
  if (parsed.size < maxCached && !result.essence.startsWith('multipart/')) parsed.set(header, result)
  return result
}

/** The `boundary` of a multipart `Content-Type` (RFC 2046 §5.1.1); `undefined` where it is missing or malformed. */
export function boundaryOf(header: string): string | undefined {
  const essence = typeAndSubtype.exec(header)
  const boundary = essence === null ? undefined : parameterOf(header, essence[0].length, 'boundary')
  return boundary !== undefined && boundaryPattern.test(boundary) ? boundary : undefined
}

const boundaryPattern = /^[\w'()+,./:=? -]{0,69}[\w'()+,./:=?-]$/
// not node's MIMEType, which takes quadratic time over blanks and semicolons
const typeAndSubtype = /^[\t ]*([\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+)(?=[\t ]*(?:;|$))/

function parameterOf(header: string, start: number, wanted: string): string | undefined {
  for (const [name, value] of readParameters(header, start)) if (name === wanted) return value
  return undefined
}
