import { Decimal } from 'decimal.js'

/**
 * What decimal.js documents of its values, filled in and read by hand here: `d` are the digits, by the seven and beside the point,
 * `e` is the exponent, `s` the sign. To find or to write them all costs it ten times as much.
 */
interface Digits {
  constructor: typeof Decimal
  s: number
  e: number
  d: readonly number[]
}

const powersOfTen = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000] as const
/** One more than the greatest part of the digits. */
const wordLimit = 10_000_000

/** What a database has of a decimal column, rounded to its places, half to even. */
export function readDecimal(raw: number | string, places: number): Decimal {
  // Text of up to fifteen digits is the same as a number.
  const quick = decimalOfNumber(typeof raw === 'string' && raw.length <= 15 ? Number(raw) : raw, places)
  return quick ?? new Decimal(raw).toDecimalPlaces(places, Decimal.ROUND_HALF_EVEN)
}

/** `undefined` where there are more digits than two words have, or more than the column's places. */
function decimalOfNumber(raw: number | string, places: number): Decimal | undefined {
  if (typeof raw !== 'number' || places > 7) return undefined
  const size = Math.abs(raw)
  if (!(size < wordLimit)) return undefined
  const whole = Math.trunc(size)
  const scaled = (size - whole) * powersOfTen[places]!
  const part = Math.round(scaled)
  // Arithmetic of floats takes a decimal no farther than this from itself; the rest is rounded by its digits.
  if (Math.abs(scaled - part) > 1e-6) return undefined
  const digits = part * powersOfTen[7 - places]!
  if (digits === wordLimit || (digits === 0 && whole === 0)) return undefined
  const decimal = Object.create(Decimal.prototype) as Digits
  decimal.constructor = Decimal
  decimal.s = raw < 0 ? -1 : 1
  decimal.e = whole === 0 ? lengthOf(digits) - 8 : lengthOf(whole) - 1
  decimal.d = whole === 0 ? [digits] : digits === 0 ? [whole] : [whole, digits]
  return decimal as unknown as Decimal
}

function lengthOf(integer: number): number {
  let length = 1
  while (length <= 7 && integer >= powersOfTen[length]!) length++
  return length
}

/** A decimal as text with so many places, rounded half to even. */
export function writeDecimal(decimal: Decimal, places: number): string {
  return textOfDigits(decimal as unknown as Digits, places) ?? decimal.toFixed(places, Decimal.ROUND_HALF_EVEN)
}

/** `undefined` where there are more digits than two words have, or than places, or none. */
function textOfDigits({ s, e, d }: Digits, places: number): string | undefined {
  // An infinity has no digits, and 0 may have a sign.
  if (d === null || e < 0 || e > 6 || d.length > 2 || d[0] === 0 || places > 7) return undefined
  const whole = s < 0 ? `-${d[0]}` : String(d[0])
  if (places === 0) return d.length === 1 ? whole : undefined
  const part = (d[1] ?? 0) / powersOfTen[7 - places]!
  return Number.isInteger(part) ? `${whole}.${String(part).padStart(places, '0')}` : undefined
}
