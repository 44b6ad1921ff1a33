/** A number as it was written, whatever its digits: what `JSON.rawJSON` makes. */
export interface RawNumber {
  readonly rawJSON: string
}

interface JsonWithSource {
  rawJSON(text: string): RawNumber
  isRawJSON(value: unknown): value is RawNumber
  parse(text: string, reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown): unknown
}

// TypeScript's library does not know them yet.
const json = JSON as unknown as JsonWithSource

/** Digits that a JavaScript number may not hold, or an exponent: where there are none, no number has lost anything. */
const longNumber = /\d{16}|\d[eE]/

/**
 * Reads JSON. A number that JavaScript's numbers do not hold, a bigint or a decimal of many digits, stays as it was written, and is
 * written so again by `JSON.stringify`. Throws `SyntaxError`.
 */
export function parseExact(text: string): unknown {
  if (!longNumber.test(text)) return JSON.parse(text)
  return json.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined && !holds(value, source) ? json.rawJSON(source) : value,
  )
}

function holds(value: number, source: string): boolean {
  if (/^-?\d+$/.test(source)) return Number.isSafeInteger(value)
  return Number.isFinite(value) && significant(String(value)) === significant(source)
}

/** The digits that count: `1.50e2` and `150` have the same. */
function significant(text: string): string {
  return text
    .replace(/e.*$/i, '')
    .replace(/[-.]/g, '')
    .replace(/^0+|0+$/g, '')
}

/** A bigint as `JSON.stringify` takes it, with all its digits. */
export function rawNumber(value: bigint): RawNumber {
  return json.rawJSON(String(value))
}

export function isRawNumber(value: unknown): value is RawNumber {
  return json.isRawJSON(value)
}
