import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { BadSeal, resetSetup, Sealer, setup } from '../../src/index.ts'
import { projectSettings } from '../project/settings.ts'

const [former, present] = ['a-former-key-0123456789-abcdefghijk', 'the-present-key-0123456789-abcdefgh']
const secret = Buffer.from('12345678901234567890')

beforeEach(async () => {
  await resetSetup()
  await setup(projectSettings({ secretKey: present, secretKeyFallbacks: [former] }))
})

test('what was sealed is opened, whatever it is, and cannot be read', () => {
  const sealer = new Sealer({ salt: 'test' })
  const sealed = sealer.seal(secret)
  expect(sealed).toMatch(/^v1\.[\w-]{64}$/)
  expect(Buffer.from(sealed.slice(3), 'base64url').includes(secret)).toBe(false)
  expect(sealer.seal(secret)).not.toBe(sealed)
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.string(), (bytes, context) => {
      expect(sealer.open(sealer.seal(bytes, context), context)).toEqual({
        bytes: Buffer.from(bytes),
        isOutdated: false,
      })
    }),
  )
  expect(sealer.open(sealer.seal('여우 🦊')).bytes.toString()).toBe('여우 🦊')
})

test('another context, purpose or key does not open it', () => {
  const sealed = new Sealer({ salt: 'test' }).seal(secret, '1')
  for (const context of ['2', '', '11'])
    expect(() => new Sealer({ salt: 'test' }).open(sealed, context)).toThrow(BadSeal)
  expect(() => new Sealer({ salt: 'test2' }).open(sealed, '1')).toThrow("sealed for 'test2' cannot be opened")
  expect(() => new Sealer({ salt: 'test', key: 'another' }).open(sealed, '1')).toThrow(BadSeal)
})

test('what was changed, and what is none, is refused', () => {
  const sealer = new Sealer({ salt: 'test' })
  const sealed = sealer.seal(secret)
  for (const broken of [
    '',
    'v1.',
    'v1.AAAA',
    sealed.slice(3),
    `v2.${sealed.slice(3)}`,
    sealed.slice(0, -1),
    `v1.é${sealed}`,
  ]) {
    expect(() => sealer.open(broken), broken).toThrow(BadSeal)
  }
  const bytes = Buffer.from(sealed.slice(3), 'base64url')
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes)
    changed[at]! ^= 1
    expect(() => sealer.open(`v1.${changed.toString('base64url')}`)).toThrow(BadSeal)
  }
})

test('a former key opens as long as it is named, and the result says so', async () => {
  const sealer = new Sealer({ salt: 'test' })
  const sealed = new Sealer({ salt: 'test', key: former }).seal(secret, '1')
  expect(sealer.open(sealed, '1')).toEqual({ bytes: secret, isOutdated: true })
  await resetSetup()
  await setup(projectSettings({ secretKey: present, secretKeyFallbacks: [] }))
  expect(() => sealer.open(sealed, '1')).toThrow(BadSeal)
  expect(new Sealer({ salt: 'test', key: present, fallbackKeys: [former] }).open(sealed, '1').isOutdated).toBe(true)
})
