import { Decimal } from 'decimal.js'

const powersOfTen = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000] as const
/** decimal.js keeps digits by the seven. */
const word = 10_000_000

/** What a database has of a decimal column, rounded to its places, half to even. */
export function readDecimal(raw: number | string, places: number): Decimal {
  // Text of up to fifteen digits is the same as a number.
  const quick = quickDecimal(typeof raw === 'string' && raw.length <= 15 ? Number(raw) : raw, places)
  return quick ?? new Decimal(raw).toDecimalPlaces(places, Decimal.ROUND_HALF_EVEN)
}

/**
 * A tenth of the time that decimal.js needs to find the digits of a float and to round them: an integer, which it is quick with, is
 * given the other digits in the form that it documents (`d` the digits, `e` the exponent, `s` the sign). `undefined` where there are
 * more digits than two of its words have, or more than the column's places.
 */
function quickDecimal(raw: number | string, places: number): Decimal | undefined {
  if (typeof raw !== 'number' || places > 7) return undefined
  const size = Math.abs(raw)
  if (!(size < word)) return undefined
  const whole = Math.trunc(size)
  const scaled = (size - whole) * powersOfTen[places]!
  const part = Math.round(scaled)
  // Arithmetic of floats takes a decimal no farther than this from itself; the rest is rounded by its digits.
  if (Math.abs(scaled - part) > 1e-6) return undefined
  const digits = part * powersOfTen[7 - places]!
  if (digits === word || (digits === 0 && whole === 0)) return undefined
  const decimal = new Decimal(whole) as { s: number; d: number[]; e: number }
  if (whole === 0) {
    decimal.d = [digits]
    decimal.e = String(digits).length - 8
  } else if (digits > 0) decimal.d = [whole, digits]
  if (raw < 0) decimal.s = -1
  return decimal as Decimal
}
