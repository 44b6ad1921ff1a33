import { describe, expect, test } from 'vitest'
import { codeAt, newSecret, otpauthUri, readableSecret, stepOfCode } from '../../src/device/totp.ts'

/** RFC 6238, appendix B: seconds, and the code of eight digits, of which an app shows the last six. */
const vectors: readonly (readonly [seconds: number, code: string])[] = [
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
]
const secret = Buffer.from('12345678901234567890')

describe('the vectors of RFC 6238', () => {
  for (const [seconds, code] of vectors) {
    test(`at ${seconds} s`, () => {
      expect(codeAt(secret, seconds * 1000)).toBe(code.slice(2))
      expect(stepOfCode(secret, code.slice(2), seconds * 1000)).toBe(Math.floor(seconds / 30))
    })
  }
})

test('a step before and after the present one is taken, and no other', () => {
  const now = 1_800_000_000_000
  const step = now / 30_000
  for (const [away, expected] of [
    [-2, undefined],
    [-1, step - 1],
    [0, step],
    [1, step + 1],
    [2, undefined],
  ] as const) {
    expect(stepOfCode(secret, codeAt(secret, now + away * 30_000), now)).toBe(expected)
  }
})

test('what is no code of six digits is none', () => {
  const now = 59_000
  for (const odd of [
    '',
    '28708',
    '2870822',
    '287082\n',
    ' 287082',
    '+28708',
    '28708a',
    '２８７０８２',
    '287 082',
    '-287082',
  ]) {
    expect(stepOfCode(secret, odd, now), odd).toBeUndefined()
  }
})

test('secrets are of 160 bits, and never the same', () => {
  const [one, other] = [newSecret(), newSecret()]
  expect(one.length).toBe(20)
  expect(one.equals(other)).toBe(false)
  expect(readableSecret(one)).toMatch(/^(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}$/)
})

test('apps read the address, whatever the names', () => {
  const uri = new URL(otpauthUri(secret, 'My Site & Co', 'ann+x@example.com'))
  expect(decodeURIComponent(uri.pathname)).toContain('My Site & Co:ann+x@example.com')
  expect(Object.fromEntries(uri.searchParams)).toEqual({
    issuer: 'My Site & Co',
    secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
    algorithm: 'SHA1',
    digits: '6',
    period: '30',
  })
})
