import { resetSetup, settings, setup } from '@nuages/core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSecret, sealSecret } from '../../src/device/sealed-secret.ts'
import { UnreadableSecret } from '../../src/index.ts'
import project from '../project/settings.ts'

const secret = Buffer.from('12345678901234567890')

beforeEach(() => setup(project))
afterEach(resetSetup)

async function withKeys(secretKey: string, secretKeyFallbacks: readonly string[]): Promise<void> {
  await resetSetup()
  await setup({ ...project, secretKey, secretKeyFallbacks })
}

test('a secret is opened for its owner, and cannot be read', () => {
  const sealed = sealSecret(secret, '1')
  expect(sealed).toMatch(/^v1\.[\w-]{64}$/)
  expect(Buffer.from(sealed.slice(3), 'base64url').includes(secret)).toBe(false)
  expect(sealSecret(secret, '1')).not.toBe(sealed)
  expect(openSecret(sealed, '1')).toEqual({ secret, isOutdated: false })
})

test("another's, what was changed, and what is none are refused", () => {
  const sealed = sealSecret(secret, '1')
  expect(() => openSecret(sealed, '2')).toThrow(UnreadableSecret)
  for (const broken of ['', 'v1.', 'v1.AAAA', sealed.slice(3), `v2.${sealed.slice(3)}`, `${sealed.slice(0, -1)}`]) {
    expect(() => openSecret(broken, '1'), broken).toThrow(UnreadableSecret)
  }
  const bytes = Buffer.from(sealed.slice(3), 'base64url')
  for (const at of [0, 12, 31, bytes.length - 1]) {
    const changed = Buffer.from(bytes)
    changed[at]! ^= 1
    expect(() => openSecret(`v1.${changed.toString('base64url')}`, '1')).toThrow(UnreadableSecret)
  }
})

test('a former key opens it as long as it is named', async () => {
  const { secretKey } = settings as { secretKey: string }
  const sealed = sealSecret(secret, '1')
  await withKeys('another-key-0123456789-abcdefghijkl', [secretKey])
  expect(openSecret(sealed, '1')).toEqual({ secret, isOutdated: true })
  await withKeys('another-key-0123456789-abcdefghijkl', [])
  expect(() => openSecret(sealed, '1')).toThrow('was sealed with a key that this project does not have')
})
