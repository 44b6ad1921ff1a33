import { Decimal } from '@nuages/orm'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeValue } from '../src/values/decode-value.ts'
import { encodeValue } from '../src/values/encode-value.ts'

const leaf = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('\ud800', '$', 'of', '__proto__', '~'),
  fc.double(),
  fc.bigInt(),
  fc.boolean(),
  fc.constant(null),
  fc.uint8Array({ maxLength: 20 }),
  fc.bigInt().map((digits) => new Decimal(digits.toString()).div('1e9')),
  fc.integer({ min: -1e12, max: 1e12 }).map((ms) => Temporal.Instant.fromEpochMilliseconds(ms)),
  fc.integer({ min: -1e6, max: 1e6 }).map((seconds) => Temporal.Duration.from({ seconds })),
)

const key = fc.oneof(fc.string(), fc.constantFrom('$', 'of', '__proto__', 'constructor', 'toString', ''))

const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(key, tie('value')), { maxLength: 4 }).map((members) => Object.fromEntries(members)),
  ),
})).value

describe('a value as text', () => {
  test('is read back as it was, whatever it is', () => {
    fc.assert(
      fc.property(value, (given) => {
        const text = encodeValue(given, 'key')
        const read = decodeValue(text)
        expect(read).toEqual(given)
        expect(encodeValue(read, 'key')).toBe(text)
      }),
      { numRuns: 300 },
    )
  })

  test('any other text is read as something, or is an error; it pollutes nothing', () => {
    const json = fc.json().map((text) => `~${text}`)
    const marked = fc.tuple(key, fc.jsonValue()).map(([kind, of]) => `~${JSON.stringify({ $: kind, of })}`)
    fc.assert(
      fc.property(fc.oneof(fc.string(), json, marked), (text) => {
        try {
          decodeValue(text)
        } catch (error) {
          expect(error).toBeInstanceOf(Error)
        }
        expect(Object.keys(Object.prototype)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})
