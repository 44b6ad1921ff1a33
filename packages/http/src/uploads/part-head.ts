import { BadRequest } from '../errors.ts'
import { readParameters } from '../header-parameters.ts'
import { parseMediaType } from '../media-type.ts'

/** The headers of one part of a form, as far as they matter. */
export interface PartHead {
  /** `undefined` where the part belongs to no field. */
  readonly fieldName: string | undefined
  /** As it was sent; `undefined` for a field that is no file. */
  readonly fileName: string | undefined
  readonly contentType: string
  readonly charset: string | undefined
}

/** The headers of a part, each by its name in lower case, one character a byte. */
export type PartHeaders = Readonly<Record<string, readonly string[]>>

const nobody: PartHead = { fieldName: undefined, fileName: undefined, contentType: '', charset: undefined }

/** Reads the headers of a part (RFC 7578 §4). Throws `BadRequest` where a name is not UTF-8 or holds a NUL. */
export function readPartHead(headers: PartHeaders): PartHead {
  const disposition = readDisposition(headers['content-disposition']?.[0] ?? '')
  if (disposition === undefined) return nobody
  assertReadableCoding(headers['content-transfer-encoding']?.[0])
  const type = parseMediaType(headers['content-type']?.[0])
  return {
    fieldName: disposition.get('name'),
    fileName: disposition.get('filename*') ?? disposition.get('filename'),
    contentType: type.essence === '' ? 'text/plain' : type.essence,
    charset: type.charset,
  }
}

const kind = /^\s*form-data\s*(?=;|$)/i
/** The parameters of a `Content-Disposition: form-data`, by their names in lower case; `undefined` where it is none. */
function readDisposition(header: string): ReadonlyMap<string, string> | undefined {
  const start = kind.exec(header)
  if (start === null) return undefined
  const parameters = new Map<string, string>()
  for (const [name, raw] of readParameters(header, start[0].length)) {
    if (!parameters.has(name)) parameters.set(name, name.endsWith('*') ? decodeExtended(raw) : decodeUtf8(raw))
  }
  return parameters
}

function decodeUtf8(bytes: string): string {
  if (/^[\x20-\x7e]*$/.test(bytes)) return bytes
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(bytes, 'latin1'))
    if (!text.includes('\0')) return text
  } catch {
    // not UTF-8
  }
  throw new BadRequest('The name of a field or file of the form is not UTF-8 text without NUL.')
}

/** A value as RFC 8187 encodes it: `UTF-8''caf%C3%A9.txt`. */
function decodeExtended(raw: string): string {
  const encoded = /^utf-8'[\w-]*'(.*)$/i.exec(raw)?.[1]
  try {
    const text = encoded === undefined ? undefined : decodeURIComponent(encoded)
    if (text !== undefined && !text.includes('\0')) return text
  } catch {
    // malformed
  }
  throw new BadRequest('The name of a file of the form is not encoded as RFC 8187 asks, in UTF-8.')
}

/** RFC 7578 §4.7 has done away with other codings; what is sent in one must not be stored as if it were the content. */
function assertReadableCoding(coding: string | undefined): void {
  if (coding === undefined || /^\s*(?:7bit|8bit|binary)\s*$/i.test(coding)) return
  throw new BadRequest(
    `A part of the form has the Content-Transfer-Encoding '${coding.slice(0, 40)}'; send it as it is.`,
  )
}
