import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { basicCredentials, bearerToken, parseAuthorization } from '../src/authorization-header.ts'
import { digestOf, isTokenText, newTokenText } from '../src/token-text.ts'

describe('a token', () => {
  test('is recognised by a scanner, and never the same', () => {
    const made = Array.from({ length: 200 }, () => newTokenText('nuages'))
    expect(new Set(made).size).toBe(200)
    for (const text of made) {
      expect(text).toMatch(/^nuages_[0-9A-Za-z]{49}$/)
      expect(isTokenText(text, 'nuages')).toBe(true)
      expect(isTokenText(text, 'acme')).toBe(false)
      expect(digestOf(text)).toMatch(/^[0-9a-f]{64}$/)
    }
  })

  test('that was mistyped is told without a database', () => {
    const text = newTokenText('acme')
    const changed = fc
      .tuple(fc.nat(text.length - 1), fc.constantFrom(...'0aZ_-é '))
      .filter(([at, by]) => text[at] !== by)
    fc.assert(
      fc.property(changed, ([at, by]) => !isTokenText(text.slice(0, at) + by + text.slice(at + 1), 'acme')),
      { numRuns: 300 },
    )
    for (const other of [text.slice(1), `${text}0`, text.slice(0, -1), '', 'acme_', text.toUpperCase()]) {
      expect(isTokenText(other, 'acme')).toBe(false)
    }
  })
})

describe('an Authorization header', () => {
  test('of any text is read or refused, never an error', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.base64String()), (text) => {
        for (const header of [text, `Bearer ${text}`, `Basic ${text}`]) {
          const parsed = parseAuthorization(header)
          if (parsed === undefined) continue
          expect(parsed.scheme).toBe(parsed.scheme.toLowerCase())
          bearerToken(parsed.credentials)
          basicCredentials(parsed.credentials)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('holds names and passwords of every language', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((value) => !/\p{Cc}|\p{Cs}/u.test(value))
    fc.assert(
      fc.property(
        text.filter((name) => !name.includes(':')),
        text,
        (username, password) => {
          const encoded = Buffer.from(`${username}:${password}`).toString('base64')
          expect(basicCredentials(encoded)).toEqual({ username, password })
        },
      ),
      { numRuns: 200 },
    )
  })

  test.for([
    ['YW5uOmE6Yjpj', { username: 'ann', password: 'a:b:c' }],
    ['YW5uOg==', { username: 'ann', password: '' }],
    ['OnB3', { username: '', password: 'pw' }],
    ['dGVzdDoxMjPCow==', { username: 'test', password: '123£' }],
    ['YW5u', undefined],
    ['', undefined],
    ['YW5uOg', undefined],
    ['YW5uOg=', undefined],
    ['YW5u*g==', undefined],
    ['YW5uOg== ', undefined],
    ['/////w==', undefined],
    [Buffer.from('ann:a\u0000b').toString('base64'), undefined],
    [Buffer.from('ann\n:b').toString('base64'), undefined],
    [Buffer.from([0x61, 0x3a, 0xed, 0xa0, 0x80]).toString('base64'), undefined],
  ] as const)('Basic %s', ([text, expected]) => {
    expect(basicCredentials(text)).toEqual(expected)
  })

  test.for([
    ['Bearer abc', 'bearer', 'abc'],
    ['BEARER   abc ', 'bearer', 'abc'],
    ['Bearer', 'bearer', ''],
    ['Negotiate a b', 'negotiate', 'a b'],
  ] as const)('%s', ([header, scheme, credentials]) => {
    expect(parseAuthorization(header)).toEqual({ scheme, credentials })
  })

  test.for(['', ' ', ' Bearer x', 'Bea rer\tx'.replace(' ', '\t'), 'Bearer\tx', '(x) y'])('%j is none', (header) => {
    expect(parseAuthorization(header)).toBeUndefined()
  })

  test.for(['a b', 'a,b', 'ü', '=', 'a=b', ''])('Bearer %j holds no token', (credentials) => {
    expect(bearerToken(credentials)).toBeUndefined()
  })
})
