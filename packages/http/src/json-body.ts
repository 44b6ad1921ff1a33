import { BadRequest, TooDeeplyNested } from './errors.ts'

/**
 * Parses a JSON body. Throws `BadRequest` where it is not JSON, or where a text in it could not be stored or sent on (a NUL, half
 * a surrogate pair), and `TooDeeplyNested` below `maxNesting` levels: what walks through the value walks by recursion.
 */
export function parseJson(text: string, maxNesting: number): unknown {
  assertNesting(text, maxNesting)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new BadRequest(`The body is not JSON: ${(cause as Error).message}`, { cause })
  }
  // only an escape can spell either of them, as the body was read as UTF-8 and raw control characters are not JSON
  if (suspicious.test(text)) assertStorable(value)
  return value
}

const suspicious = /\\u(?:0000|[dD][89a-fA-F])/

const quote = 0x22
const backslash = 0x5c
const opening: ReadonlySet<number> = new Set([0x5b, 0x7b])
const closing: ReadonlySet<number> = new Set([0x5d, 0x7d])

/** Counts brackets outside of texts. What is not JSON may be counted wrongly; then the parser refuses it. */
function assertNesting(text: string, max: number): void {
  if (text.length <= max) return
  let depth = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === quote) {
      at = endOfText(text, at)
    } else if (opening.has(code)) {
      depth += 1
      if (depth > max) throw new TooDeeplyNested(`The JSON body is nested deeper than ${max} levels.`)
    } else if (closing.has(code)) {
      depth -= 1
    }
  }
}

/** Where the text that begins at `start` ends: at its closing quote, or with the body. */
function endOfText(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let escapes = 0
    while (text.charCodeAt(end - 1 - escapes) === backslash) escapes += 1
    if (escapes % 2 === 0) return end
  }
  return text.length
}

function assertStorable(value: unknown): void {
  if (typeof value === 'string') {
    if (value.includes('\0')) throw new BadRequest('A text in the JSON body holds a NUL.')
    if (!value.isWellFormed()) throw new BadRequest('A text in the JSON body holds half a surrogate pair.')
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      assertStorable(key)
      assertStorable(member)
    }
  }
}
