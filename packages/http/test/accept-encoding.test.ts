import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodingWeight, preferredEncoding, refusesIdentity } from '../src/index.ts'

test.for<[string | undefined, string, number]>([
  [undefined, 'gzip', 0],
  ['', 'gzip', 0],
  ['gzip', 'gzip', 1],
  ['GZip', 'gzip', 1],
  ['x-gzip', 'gzip', 1],
  ['gzip;q=0.5', 'gzip', 0.5],
  ['gzip ; Q = 0.25', 'gzip', 0.25],
  ['br, gzip;q=0', 'gzip', 0],
  ['*', 'br', 1],
  ['*;q=0.1, gzip', 'br', 0.1],
  ['gzip, *;q=0', 'br', 0],
  ['br;q=2', 'br', 0],
  ['br;q=-1', 'br', 0],
  ['br;q=', 'br', 0],
  ['br;q=0.1234', 'br', 0],
  ['gzipped', 'gzip', 0],
])('%o wants %s with %d', ([header, encoding, weight]) => {
  expect(encodingWeight(header, encoding)).toBe(weight)
})

test.for<[string | undefined, string | undefined]>([
  [undefined, undefined],
  ['gzip, br', 'br'],
  ['gzip;q=1, br;q=0.9', 'gzip'],
  ['identity', 'identity'],
  ['identity;q=0.5, gzip;q=0.4', 'identity'],
  ['*', 'br'],
  ['deflate', undefined],
])('of br, gzip and identity, %o prefers %s', ([header, preferred]) => {
  expect(preferredEncoding(header, ['br', 'gzip', 'identity'])).toBe(preferred)
})

test.for<[string | undefined, boolean]>([
  [undefined, false],
  ['', false],
  ['gzip', false],
  ['identity;q=0', true],
  ['*;q=0', true],
  ['*;q=0, identity', false],
  ['identity;q=0.001', false],
])('%o refuses the plain content: %s', ([header, refuses]) => {
  expect(refusesIdentity(header)).toBe(refuses)
})

describe('any header', () => {
  test('is read, and its weights are weights', () => {
    const part = fc.constantFrom('gzip', 'br', '*', 'identity', ';', ',', 'q=', '0', '.', '5', ' ', '=', '\t', 'é')
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(part).map((parts) => parts.join('')),
        ),
        (header) => {
          const weight = encodingWeight(header, 'gzip')
          expect(weight >= 0 && weight <= 1).toBe(true)
          const preferred = preferredEncoding(header, ['br', 'gzip'])
          if (preferred !== undefined) expect(encodingWeight(header, preferred)).toBeGreaterThan(0)
          refusesIdentity(header)
        },
      ),
    )
  })
})
