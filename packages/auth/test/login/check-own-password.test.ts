import { createApplication } from '@nuages/core'
import { type DatabaseFixtures, testDatabase } from '@nuages/testing'
import { test as base, describe, expect, vi } from 'vitest'
import { checkOwnPassword, makePassword, User } from '../../src/index.ts'
import settings from '../project/settings.ts'
import { quickHasher } from '../quick-hashers.ts'

const test = base.extend<DatabaseFixtures>(testDatabase(settings))
await createApplication(settings)

describe('checkOwnPassword', () => {
  test('counts guesses of many at once, and each user apart', async () => {
    const ann = await User.objects.createUser({ username: 'ann', password: 'correct horse' })
    const bob = await User.objects.createUser({ username: 'bob', password: 'correct horse' })
    const answers = await Promise.allSettled(Array.from({ length: 12 }, () => checkOwnPassword(ann, 'wrong')))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
    await expect(checkOwnPassword(ann, 'correct horse')).rejects.toMatchObject({ status: 429 })
    expect(await checkOwnPassword(bob, 'correct horse')).toBe(true)
  })

  test('takes no password that was changed since the user was read', async () => {
    const ann = await User.objects.createUser({ username: 'ann', password: 'correct horse' })
    await User.objects.filter({ pk: ann.pk }).update({ password: await makePassword('battery staple') })
    expect(await checkOwnPassword(ann, 'correct horse')).toBe(false)
  })

  test('does the same work where there is no password, and none once there were too many', async () => {
    const users = [
      await User.objects.createUser({ username: 'ann', password: 'correct horse' }),
      await User.objects.createUser({ username: 'guest' }),
    ]
    const spies = (['encode', 'verify'] as const).map((name) => vi.spyOn(quickHasher, name as 'encode'))
    for (const user of users) {
      const before = spies.flatMap((spy) => spy.mock.calls).length
      for (let count = 0; count < 10; count++) expect(await checkOwnPassword(user, 'wrong')).toBe(false)
      await expect(checkOwnPassword(user, 'wrong')).rejects.toThrow('Too many passwords were tried.')
      expect(spies.flatMap((spy) => spy.mock.calls).length - before).toBe(10)
    }
    for (const spy of spies) spy.mockRestore()
  })
})
