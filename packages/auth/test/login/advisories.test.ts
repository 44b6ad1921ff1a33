import { createApplication } from '@nuages/core'
import { Client, type DatabaseFixtures, testDatabase } from '@nuages/testing'
import { test as base, describe, expect, vi } from 'vitest'
import { makePassword, pbkdf2Hasher, User } from '../../src/index.ts'
import settings from '../project/settings.ts'
import { quickHasher } from '../quick-hashers.ts'

const test = base.extend<DatabaseFixtures>(testDatabase(settings))
const application = await createApplication(settings)

/** How many hashes a log-in computes by the project's first hasher, with a password that is wrong. */
async function hashesOf(username: string): Promise<number> {
  const spies = (['encode', 'verify', 'hardenRuntime'] as const).map((name) => vi.spyOn(quickHasher, name as 'encode'))
  const form = { username, password: 'wrong' }
  const response = await new Client(application).post('/accounts/login/', { form })
  expect(response.status).toBe(200)
  const calls = spies.flatMap((spy) => spy.mock.calls).length
  for (const spy of spies) spy.mockRestore()
  return calls
}

describe('the work of a log-in does not tell', () => {
  test('CVE-2024-39329: whether a user has a usable password', async () => {
    await User.objects.createUser({ username: 'ann', password: 'correct horse' })
    await User.objects.createUser({ username: 'unusable' })
    await User.objects.create({ username: 'half signed up', password: `!signup$${await makePassword('wrong')}` })
    for (const username of ['ann', 'unusable', 'half signed up', 'nobody']) expect(await hashesOf(username)).toBe(1)
  })

  test('CVE-2025-13473: whether there is such a user, active or not, whatever hashed their password', async () => {
    await User.objects.createUser({ username: 'inactive', password: 'correct horse', isActive: false })
    const former = pbkdf2Hasher({ iterations: 1000 })
    await User.objects.create({ username: 'former', password: await makePassword('right', { hasher: former }) })
    await User.objects.create({ username: 'unknown', password: 'md5$salt$0123456789abcdef' })
    for (const username of ['inactive', 'former', 'unknown', 'nobody']) expect(await hashesOf(username)).toBe(1)
  })
})
