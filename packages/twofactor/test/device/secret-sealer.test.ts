import { resetSetup, setup } from '@nuages/core'
import { afterEach, expect, test } from 'vitest'
import { secretSealer } from '../../src/device/secret-sealer.ts'
import project from '../project/settings.ts'

afterEach(resetSetup)

test('a secret that the database has from before all packages sealed alike is still opened', async () => {
  await setup({
    ...project,
    secretKey: 'another-key-0123456789-abcdefghijkl',
    secretKeyFallbacks: ['a-key-of-the-first-release-0123456789'],
  })
  const stored = 'v1.iMDC86Gnhx6m5IUvPE7j3aB3g8wTDl3OZoNgyCQed3I6zCZO9kPmLvR3cnzu8IHF'
  const secret = Buffer.from('12345678901234567890')
  expect(secretSealer.open(stored, '1')).toEqual({ bytes: secret, isOutdated: true })
})
