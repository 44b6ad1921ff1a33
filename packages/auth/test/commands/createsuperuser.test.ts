import { CommandError } from '@nuages/core'
import { type DatabaseFixtures, testDatabase } from '@nuages/testing'
import { test as base, beforeEach, describe, expect } from 'vitest'
import { createsuperuser } from '../../src/commands.ts'
import { User } from '../../src/index.ts'
import settings from '../project/settings.ts'

const test = base.extend<DatabaseFixtures>(testDatabase(settings))

async function run(options: Record<string, unknown>): Promise<string> {
  const written: string[] = []
  const stdout = { write: (text: string) => written.push(text) }
  await createsuperuser.run({ args: {}, options: { noInput: true, ...options }, stdout, stderr: stdout, settings })
  return written.join('')
}

const variables = ['SUPERUSER_USERNAME', 'SUPERUSER_EMAIL', 'SUPERUSER_PASSWORD', 'DJANGO_SUPERUSER_PASSWORD']
beforeEach(() => {
  for (const name of variables) delete process.env[name]
})

describe('createsuperuser --no-input', () => {
  test('takes everything from the environment', async () => {
    process.env.SUPERUSER_USERNAME = 'ann'
    process.env.SUPERUSER_EMAIL = 'ann@EXAMPLE.com'
    process.env.SUPERUSER_PASSWORD = 'secret'
    expect(await run({})).toBe('Superuser ann is there.\n')
    const user = await User.objects.get()
    expect(user).toMatchObject({ username: 'ann', email: 'ann@example.com', isStaff: true, isSuperuser: true })
    expect(await user.checkPassword('secret')).toBe(true)
  })

  test('takes options before it, and the names of Django', async () => {
    process.env.SUPERUSER_USERNAME = 'bob'
    process.env.DJANGO_SUPERUSER_PASSWORD = 'secret'
    await run({ username: 'ann', email: 'ann@example.com', database: 'other' })
    expect(await User.objects.count()).toBe(0)
    const user = await User.objects.using('other').get()
    expect([user.username, await user.checkPassword('secret')]).toEqual(['ann', true])
  })

  test('makes one without a password, and says so', async () => {
    expect(await run({ username: 'ann' })).toContain('They have no password: run changepassword')
    expect((await User.objects.get()).hasUsablePassword()).toBe(false)
  })

  test('takes an empty password for none', async () => {
    process.env.SUPERUSER_PASSWORD = ''
    expect(await run({ username: 'ann' })).toContain('They have no password')
    expect(await (await User.objects.get()).checkPassword('')).toBe(false)
  })

  test('asks the database that is meant whether a name is taken', async () => {
    await run({ username: 'ann' })
    expect(await run({ username: 'ann', database: 'other' })).toContain('Superuser ann is there.')
    await expect(run({ username: 'ann', database: 'other' })).rejects.toThrow('There is already a user ann.')
  })

  test('says what is missing or wrong', async () => {
    await expect(run({})).rejects.toThrow(CommandError)
    await expect(run({})).rejects.toThrow('createsuperuser needs a username.')
    await expect(run({ username: 'a b' })).rejects.toThrow("'a b' is no username: A username has letters,")
    await expect(run({ username: '' })).rejects.toThrow("'' is no username:")
    await expect(run({ username: 'ann', email: 'nobody' })).rejects.toThrow("'nobody' is no email:")
    await run({ username: 'ann' })
    await expect(run({ username: 'ann' })).rejects.toThrow("'ann' is no username: There is already a user")
    expect(await User.objects.count()).toBe(1)
  })
})
