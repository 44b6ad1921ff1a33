import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  durationFromMicroseconds,
  instantFromSql,
  instantToSql,
  microseconds,
  timeToSql,
} from '../../src/fields/temporal-text.ts'

test.each([
  ['2026-07-01 12:30:00', '2026-07-01T12:30:00Z'],
  ['2026-07-01 12:30:00.000250', '2026-07-01T12:30:00.00025Z'],
  ['2026-07-01T12:30:00Z', '2026-07-01T12:30:00Z'],
  ['2026-07-01 12:30:00.5', '2026-07-01T12:30:00.5Z'],
  ['2026-07-01 12:30:00+02:00', '2026-07-01T10:30:00Z'],
  ['2026-07-01 12:30:00.1+0200', '2026-07-01T10:30:00.1Z'],
  ['2026-07-01 12:30:00.12345Z', '2026-07-01T12:30:00.12345Z'],
  ['2026-07-01 12:30:00.123456', '2026-07-01T12:30:00.123456Z'],
  ['2026-07-01 12:30:00.1234567', '2026-07-01T12:30:00.1234567Z'],
  ['2024-02-29 12:30:00', '2024-02-29T12:30:00Z'],
  ['0044-03-15 12:30:00', '0044-03-15T12:30:00Z'],
  ['2026-07-01T12:30-05:00', '2026-07-01T17:30:00Z'],
])('%s is %s', (text, expected) => {
  expect(instantFromSql(text).toString()).toBe(expected)
})

test.each([
  '2026-02-30 12:30:00',
  '2026-13-01 12:30:00',
  '2026-07-01 24:30:00',
  '2026-07-01 12:30:00.',
  '2026-0a-01 12:30:00',
])('%s is no point in time', (text) => {
  expect(() => instantFromSql(text)).toThrow(RangeError)
})

test('what is written is read back, to the microsecond, and sorts as text does', () => {
  const micros = fc.bigInt(-62_135_596_800_000_000n, 253_402_300_799_999_999n)
  const instant = (value: bigint) => Temporal.Instant.fromEpochNanoseconds(value * 1000n)
  fc.assert(
    fc.property(micros, micros, (a, b) => {
      expect(instantFromSql(instantToSql(instant(a))).equals(instant(a))).toBe(true)
      expect(instantToSql(instant(a)) < instantToSql(instant(b))).toBe(a < b)
    }),
  )
})

test('what is below a microsecond is cut off, before 1970 too', () => {
  fc.assert(
    fc.property(fc.bigInt(-62_135_596_800_000_000_000n, 253_402_300_799_999_999_999n), (nanoseconds) => {
      const instant = Temporal.Instant.fromEpochNanoseconds(nanoseconds)
      const iso = instant
        .round({ smallestUnit: 'microsecond', roundingMode: 'floor' })
        .toString({ smallestUnit: 'microsecond' })
      const text = instantToSql(instant)
      expect(text.length === 19 ? `${text}.000000` : text).toBe(iso.slice(0, -1).replace('T', ' '))
    }),
  )
})

test('durations are microseconds, times have six digits or none', () => {
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 15n), 10n ** 15n), (value) => {
      expect(microseconds(durationFromMicroseconds(value))).toBe(value)
    }),
  )
  expect(timeToSql(Temporal.PlainTime.from('12:30'))).toBe('12:30:00')
  expect(timeToSql(Temporal.PlainTime.from('12:30:00.25'))).toBe('12:30:00.250000')
})
