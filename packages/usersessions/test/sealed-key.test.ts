import { resetSetup, type Settings, setup } from '@nuages/core'
import { afterEach, expect, test } from 'vitest'
import { openKey, sealKey } from '../src/sealed-key.ts'
import { projectSettings } from './project/settings.ts'

const sessionKey = 'abcdefghijklmnopqrstuvwxyz012345'

afterEach(resetSetup)

async function withKeys(secretKey: string, secretKeyFallbacks: readonly string[] = []): Promise<void> {
  await resetSetup()
  await setup(projectSettings({ secretKey, secretKeyFallbacks }) as Settings)
}

test('a key is opened in its own row, also under a former secret key', async () => {
  await withKeys('a-former-key-0123456789-abcdefghijk')
  const sealedKey = sealKey(sessionKey, 'one')
  expect(sealedKey).not.toContain(sessionKey)
  expect(openKey({ sealedKey, sessionHash: 'one' })).toBe(sessionKey)
  expect(openKey({ sealedKey, sessionHash: 'other' })).toBeUndefined()
  expect(openKey({ sealedKey: '', sessionHash: 'one' })).toBeUndefined()
  await withKeys('another-key-0123456789-abcdefghijkl', ['a-former-key-0123456789-abcdefghijk'])
  expect(openKey({ sealedKey, sessionHash: 'one' })).toBe(sessionKey)
  await withKeys('another-key-0123456789-abcdefghijkl')
  expect(openKey({ sealedKey, sessionHash: 'one' })).toBeUndefined()
})

test('a key that the table has from before rows were bound is still opened', async () => {
  const stored = 'yHmrw1j5Zd5histN6U_2C5c1GY2HNQCq3i2QLO2IFyzCHcFlOIB77Yz9Dwl9j3hv_AgWmirCExB30UN2'
  await withKeys('another-key-0123456789-abcdefghijkl', ['a-key-of-the-first-release-0123456789'])
  expect(openKey({ sealedKey: stored, sessionHash: 'one' })).toBe(sessionKey)
  for (const sealedKey of [`${stored.slice(0, -2)}AA`, stored.slice(0, 12), '?']) {
    expect(openKey({ sealedKey, sessionHash: 'one' }), sealedKey).toBeUndefined()
  }
})
