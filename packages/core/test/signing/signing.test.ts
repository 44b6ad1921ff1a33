import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  BadSignature,
  constantTimeCompare,
  dumps,
  loads,
  randomString,
  resetSetup,
  SignatureExpired,
  Signer,
  saltedHmac,
  setup,
  TimestampSigner,
} from '../../src/index.ts'
import { projectSettings } from '../project/settings.ts'

beforeEach(async () => {
  await resetSetup()
  await setup(projectSettings())
})
afterEach(() => vi.useRealTimers())

/** The moment at which Django made the recorded values. */
function atRecordedTime(): void {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_700_000_000_500 })
}

describe("what Django's signing made with the same key", () => {
  test('Signer', () => {
    expect(new Signer().sign('hello: wörld')).toBe('hello: wörld:TmZUvix0KX7OgmkxZlgnCeVINYX0V-dxNBpXU_BWmNo')
    expect(new Signer({ salt: 'newsletter' }).sign('ann@example.com')).toBe(
      'ann@example.com:zRs7u2wZMokiHM9Uc6OaFa7urjymx-3cj9G87zdOTk0',
    )
    expect(new Signer({ algorithm: 'sha1' }).sign('hello')).toBe('hello:zIovE-kKHhsbx2IfXq0IQK6OWJg')
    expect(new Signer({ key: 'another key' }).signObject({ é: 1 })).toBe(
      'eyJcdTAwZTkiOjF9:RsQPNZKor7z_CtECroJtpNoM0vOvVCBRTdnMvdnbW1E',
    )
  })

  test('TimestampSigner, dumps and loads', () => {
    atRecordedTime()
    expect(new TimestampSigner().sign('hello')).toBe('hello:1r31eq:kzG4alaR5qJy2ry2fju47u0lWLHu39RLHn-Y4GDos-k')
    const text = { a: 1, b: 'é\x7f😀"\\' }
    const signed =
      'eyJhIjoxLCJiIjoiXHUwMGU5XHUwMDdmXHVkODNkXHVkZTAwXCJcXCJ9:1r31eq:bZOmYKXSjY06v-5UdXjPr5apl1myYr8SNnQXB-vPv-k'
    expect(dumps(text, { salt: 'x' })).toBe(signed)
    expect(loads(signed, { salt: 'x' })).toEqual(text)
    expect(dumps([])).toBe('W10:1r31eq:Nc35HASk4-Q9W9GnEDSKySK_79X1emfC9Q_A1Voay5I')
    expect(loads('.eJyLVqoYJkApFgDwcl69:1r31eq:ab3aXBWc4iMzXv-WeLaYzvCBiyxxgkhAJFWRKHskQPU')).toEqual(['x'.repeat(200)])
  })

  test('compressed, and with a key of its own', () => {
    const value = { a: 'x'.repeat(300), b: [1, null, true] }
    const signed =
      '.eJyrVkpUslKqGAVEAyUdpSQlq2hDnbzSnBydkqLS1NhaAMkqlIQ:1r31eq:VPUjU2o6zc978T-hWMmdS6AGN6Py2RKGvQ43xUadWY0'
    expect(loads(signed, { salt: 's' })).toEqual(value)
    const former = 'former-key-0123456789-abcdefghijkl'
    atRecordedTime()
    const snow = 'eyJrIjoiXHUyNjAzIn0:1r31eq:Udnh_nMTLx7tv7z2A03OW_LLwD-UbxQvp2q6va6t2k8'
    expect(dumps({ k: '☃' }, { key: former, salt: 's' })).toBe(snow)
    expect(loads(snow, { key: 'other', fallbackKeys: [former], salt: 's' })).toEqual({ k: '☃' })
    expect(new TimestampSigner({ key: former, salt: 'x' }).sign('v')).toBe(
      'v:1r31eq:0JCrpZd2hNtml_ubXAr61cQocR4GcjtzqZh-gyf1SDQ',
    )
  })

  test('saltedHmac', () => {
    expect(saltedHmac('salt', 'value').toString('hex')).toBe(
      'e308c750806f7cb39636e23b54f88267790cb49be77058ffaf31d12809b2d701',
    )
    expect(saltedHmac('salt', 'value', { algorithm: 'sha1' }).toString('hex')).toBe(
      'feacc792e901335a5f3598f2cfa78306d8958690',
    )
  })
})

describe('a signature', () => {
  test('is refused where anything was changed, or something else was signed', () => {
    const signed = new Signer().sign('price=10')
    expect(new Signer().unsign(signed)).toBe('price=10')
    for (const changed of [signed.replace('10', '99'), `${signed}x`, signed.slice(0, -1), 'price=10', '', ':']) {
      expect(() => new Signer().unsign(changed)).toThrow(BadSignature)
    }
    expect(() => new Signer({ salt: 'other' }).unsign(signed)).toThrow('The signature does not match.')
    expect(() => new Signer({ key: 'other' }).unsign(signed)).toThrow(BadSignature)
    expect(() => new TimestampSigner({ salt: new Signer().salt }).unsign(signed)).toThrow('has no timestamp')
    expect(() => new Signer().unsignObject(new Signer().sign('no json'))).toThrow(BadSignature)
  })

  test('of a former key is accepted, and new ones are made with the present key', async () => {
    const former = new Signer({ key: 'the former key' }).sign('x')
    await resetSetup()
    await setup(projectSettings({ secretKeyFallbacks: ['older still', 'the former key'] }))
    expect(new Signer().unsign(former)).toBe('x')
    expect(new Signer().sign('x')).not.toBe(former)
    // A signer with a key of its own knows nothing of the project's.
    expect(() => new Signer({ key: 'own' }).unsign(former)).toThrow(BadSignature)
    expect(new Signer({ key: 'own', fallbackKeys: ['the former key'] }).unsign(former)).toBe('x')
  })

  test('is too old after maxAge', () => {
    atRecordedTime()
    const signed = dumps({ id: 7 })
    vi.setSystemTime(1_700_000_061_000)
    expect(loads(signed, { maxAge: 61 })).toEqual({ id: 7 })
    expect(() => loads(signed, { maxAge: 60 })).toThrow(SignatureExpired)
    expect(() => loads(signed, { maxAge: 60 })).toThrow('The signature is 61 seconds old; 60 are allowed.')
    expect(() => loads(signed, { maxAge: Temporal.Duration.from({ minutes: 1 }) })).toThrow(SignatureExpired)
    expect(loads(signed, { maxAge: Temporal.Duration.from({ hours: 1 }) })).toEqual({ id: 7 })
    expect(loads(signed)).toEqual({ id: 7 })
  })

  test('needs a separator that it cannot hold itself', () => {
    expect(() => new Signer({ separator: '-' })).toThrow("the separator '-' may be part of a signature")
    expect(() => new Signer({ separator: '' })).toThrow('may be part of a signature')
    expect(new Signer({ separator: '~~' }).unsign(new Signer({ separator: '~~' }).sign('a~~b'))).toBe('a~~b')
  })

  test('does not make a text that unpacks to more than it should a right one', () => {
    const bomb = deflateSync(Buffer.alloc(64 * 1024 * 1024, ' ')).toString('base64url')
    const signed = new TimestampSigner({ salt: 'django.core.signing' }).sign(`.${bomb}`)
    expect(signed.length).toBeLessThan(100_000)
    expect(() => loads(signed)).toThrow(BadSignature)
    expect(() => dumps(' '.repeat(17 * 1024 * 1024))).toThrow('can be read back')
  })

  test('what JSON cannot hold is not signed', () => {
    expect(() => dumps(undefined)).toThrow('A value of type undefined cannot be signed')
  })
})

test('anything that JSON can hold comes back, compressed or not, and no other text is accepted', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.boolean(), (value, compress) => {
      // JSON has one zero.
      const expected = JSON.parse(JSON.stringify(value))
      const signed = dumps(value, { compress })
      expect(signed).toMatch(/^[\w.:-]+$/)
      expect(loads(signed)).toEqual(expected)
    }),
  )
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(() => loads(text)).toThrow(BadSignature)
    }),
  )
})

test('constantTimeCompare and randomString', () => {
  expect(constantTimeCompare('é', 'é')).toBe(true)
  expect(constantTimeCompare('a', 'b')).toBe(false)
  expect(constantTimeCompare('a', 'aa')).toBe(false)
  expect(randomString(32)).toMatch(/^[A-Za-z0-9]{32}$/)
  expect(randomString(20, 'ab')).toMatch(/^[ab]{20}$/)
  expect(randomString(32)).not.toBe(randomString(32))
})
