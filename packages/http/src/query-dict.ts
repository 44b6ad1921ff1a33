import { BadRequest, TooManyFieldsSent } from './errors.ts'
import { MultiValueDict } from './multi-value-dict.ts'

/** What a value in a query string may be written from. */
export type QueryValue = string | number | bigint | boolean

/** Names and values for a query string; an array repeats its name, `null` and `undefined` leave it out. */
export type QueryChanges = Readonly<Record<string, QueryValue | readonly QueryValue[] | null | undefined>>

/** The fields of a query string or a form. Django's `QueryDict`, immutable. */
export class QueryDict extends MultiValueDict<string> {
  /**
   * Reads `application/x-www-form-urlencoded` text, in UTF-8. Throws `BadRequest` where an escape is malformed, does not
   * spell UTF-8 or spells a NUL, and `TooManyFieldsSent` above `maxFields` pairs.
   */
  static parse(text: string, maxFields = Number.POSITIVE_INFINITY): QueryDict {
    return text === '' ? empty : new QueryDict(parsePairs(text, maxFields))
  }

  /** A copy in which the names of `changes` are replaced: `request.query.with({ page: 2 })`. */
  with(changes: QueryChanges): QueryDict {
    return new QueryDict(changedPairs(this, changes))
  }

  /** As a query string without the `?`. Django's `urlencode`. */
  override toString(): string {
    let text = ''
    for (const [key, value] of this.entries()) {
      if (text !== '') text += '&'
      text += `${encode(key)}=${encode(value)}`
    }
    return text
  }
}

const empty = new QueryDict()

function* changedPairs(query: QueryDict, changes: QueryChanges): Iterable<[string, string]> {
  for (const [key, value] of query.entries()) if (!Object.hasOwn(changes, key)) yield [key, value]
  for (const [key, change] of Object.entries(changes)) {
    if (change === null || change === undefined) continue
    for (const value of Array.isArray(change) ? change : [change]) yield [key, String(value)]
  }
}

function* parsePairs(text: string, maxFields: number): Iterable<[string, string]> {
  const source = asciiOnly.test(text) ? text : decodeRawBytes(text)
  if (source.includes('\0') || source.includes('%00')) {
    throw new BadRequest('The query or form holds a NUL, which no field of a form or database takes.')
  }
  let count = 0
  for (let start = 0; start <= source.length; ) {
    const next = source.indexOf('&', start)
    const end = next === -1 ? source.length : next
    if (end > start) {
      count += 1
      if (count > maxFields) {
        throw new TooManyFieldsSent(`The query or form has more than ${maxFields} fields, the most this project takes.`)
      }
      const equals = source.indexOf('=', start)
      const split = equals === -1 || equals > end ? end : equals
      yield [decode(source.slice(start, split)), split === end ? '' : decode(source.slice(split + 1, end))]
    }
    start = end + 1
  }
}

const asciiOnly = /^[\0-\x7f]*$/
const latin1Only = /^[\0-\xff]*$/

/** Servers hand over raw bytes of a request target as Latin-1, one character a byte; what they spell is UTF-8. */
function decodeRawBytes(text: string): string {
  if (!latin1Only.test(text)) return text
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'latin1'))
  } catch (cause) {
    throw new BadRequest('The query or form has bytes that are not UTF-8.', { cause })
  }
}

function decode(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text
  if (!spaced.includes('%')) return spaced
  try {
    return decodeURIComponent(spaced)
  } catch (cause) {
    throw new BadRequest(
      `The query or form has an escape that does not spell UTF-8: '${text.slice(0, 80)}'. Write a literal % as %25.`,
      { cause },
    )
  }
}

/** As browsers write forms, but with `%20` for a space, which every reader of URLs understands. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}
