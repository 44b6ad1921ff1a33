import { type DatabaseFixtures, testDatabase } from '@nuages/testing'
import { test as base, expect } from 'vitest'
import { clearsignups } from '../../src/commands.ts'
import { User } from '../../src/index.ts'
import settings from '../project/settings.ts'

const test = base.extend<DatabaseFixtures>(testDatabase(settings))

async function run(): Promise<string> {
  const written: string[] = []
  const stdout = { write: (text: string) => written.push(text) }
  await clearsignups.run({ args: {}, options: { database: undefined }, stdout, stderr: stdout, settings })
  return written.join('')
}

const daysAgo = (days: number) => Math.floor(Date.now() / 3_600_000 - days * 24).toString(36)

test('accounts that nobody confirmed in time are gone, and no others', async () => {
  const passwords = {
    late: `!signup$${daysAgo(4)}$argon2$x`,
    early: `!signup$${daysAgo(2)}$argon2$x`,
    without: '!unusable',
    odd: '!signup$',
    any: 'argon2$x',
  }
  for (const [username, password] of Object.entries(passwords)) await User.objects.create({ username, password })
  expect(await run()).toBe('1 account is gone.\n')
  expect((await User.objects.orderBy('username')).map(String)).toEqual(['any', 'early', 'odd', 'without'])
  expect(await run()).toBe('0 accounts are gone.\n')
})
