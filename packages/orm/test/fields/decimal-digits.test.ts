import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readDecimal, writeDecimal } from '../../src/fields/decimal-digits.ts'

/** All that there is of a decimal: two that are equal may still be built differently. */
function parts(value: Decimal) {
  const { s, e, d } = value as Decimal & { s: number; e: number; d: number[] }
  return { s, e, d, keys: Object.keys(value), prototype: Object.getPrototypeOf(value) }
}

function expectExact(raw: number | string, places: number): void {
  const exact = new Decimal(raw).toDecimalPlaces(places, Decimal.ROUND_HALF_EVEN)
  const read = readDecimal(raw, places)
  expect(parts(read), `${raw} to ${places} places`).toEqual(parts(exact))
  expect(Decimal.isDecimal(read)).toBe(true)
  const whole = new Decimal(raw)
  expect(writeDecimal(whole, places), `${raw} with ${places} places`).toBe(
    whole.toFixed(places, Decimal.ROUND_HALF_EVEN),
  )
  expect(writeDecimal(read, places)).toBe(exact.toFixed(places))
}

test.each([
  [0, 2],
  [-0, 2],
  [5, 0],
  [12.5, 2],
  [-12.05, 2],
  [0.5, 2],
  [0.05, 2],
  [-0.0000001, 7],
  [0.999, 2],
  [1.005, 2],
  [2.5, 0],
  [3.5, 0],
  [12.345, 2],
  [12.3499999, 2],
  [9999999.99, 2],
  [9999999.999, 2],
  [10000000, 2],
  [123456789012.34, 2],
  [1e-10, 12],
  ['12.50', 2],
  ['0.00', 2],
  ['-0.00000001', 8],
  ['123456789012345678.90', 2],
])('%s to %s places is what decimal.js makes of it', expectExact)

test('what is no finite number is written as decimal.js does', () => {
  for (const raw of ['Infinity', '-Infinity', 'NaN', '1e30', '-0']) {
    const decimal = new Decimal(raw)
    expect(writeDecimal(decimal, 2)).toBe(decimal.toFixed(2, Decimal.ROUND_HALF_EVEN))
  }
})

test('so is any number that a column of so many places holds, and any other', () => {
  const places = fc.integer({ min: 0, max: 10 })
  fc.assert(
    fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), places, (digits, scale) => {
      const decimal = new Decimal(digits).div(new Decimal(10).pow(scale))
      expectExact(decimal.toNumber(), scale)
      expectExact(decimal.toFixed(scale), scale)
    }),
  )
  fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }), places, expectExact))
})
