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

test('what was changed, or is no sealed text, is no key', async () => {
  await withKeys('a-former-key-0123456789-abcdefghijk')
  const sealed = sealKey(sessionKey, 'one')
  const changed = sealed.slice(0, 30) + (sealed[30] === 'A' ? 'B' : 'A') + sealed.slice(31)
  for (const sealedKey of [changed, sealed.slice(0, 12), sealed.slice(3), '?']) {
    expect(openKey({ sealedKey, sessionHash: 'one' }), sealedKey).toBeUndefined()
  }
})
