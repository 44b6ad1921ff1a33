import { deflateSync, inflateSync } from 'node:zlib'
import { BadSignature } from '../errors.ts'

/**
 * The most bytes that are unpacked. A text of some kilobytes can hold gigabytes of nothing, and who signs for others, or has
 * lost the key, signs that too.
 */
const maxLength = 16 * 1024 * 1024

/** JSON without white space and in ASCII alone, as Django's `JSONSerializer` writes it. */
export function toAsciiJson(value: unknown): string {
  const json = JSON.stringify(value)
  if (json === undefined)
    throw new TypeError(`A value of type ${typeof value} cannot be signed: JSON has no form for it.`)
  return json.replace(/[\x7f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** A value as Django's `sign_object` packs it: JSON, compressed where that is shorter, in URL-safe base64. */
export function packJson(value: unknown, compress: boolean): string {
  const json = Buffer.from(toAsciiJson(value), 'latin1')
  if (json.length > maxLength) {
    throw new RangeError(`What is to be signed has ${json.length} bytes of JSON; ${maxLength} can be read back.`)
  }
  if (compress) {
    const compressed = deflateSync(json)
    if (compressed.length < json.length - 1) return `.${compressed.toString('base64url')}`
  }
  return json.toString('base64url')
}

/** What `packJson` packed. The signature says that it was us, so a text that cannot be read was signed for something else. */
export function unpackJson(packed: string): unknown {
  try {
    const isCompressed = packed.startsWith('.')
    const bytes = Buffer.from(isCompressed ? packed.slice(1) : packed, 'base64url')
    return JSON.parse((isCompressed ? inflateSync(bytes, { maxOutputLength: maxLength }) : bytes).toString('utf8'))
  } catch (cause) {
    throw new BadSignature('What was signed is no packed JSON.', { cause })
  }
}
