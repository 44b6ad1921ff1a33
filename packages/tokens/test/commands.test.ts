import { User } from '@nuages/auth'
import { type Command, CommandError, type Settings, settings } from '@nuages/core'
import { type DatabaseFixtures, testDatabase } from '@nuages/testing'
import { test as base, beforeEach, describe, expect } from 'vitest'
import { parseExpiry } from '../src/commands/expiry-option.ts'
import { createtoken, listtokens, revoketoken } from '../src/commands.ts'
import { AccessToken, createToken } from '../src/index.ts'
import project from './project/settings.ts'

const test = base.extend<DatabaseFixtures>(testDatabase(project as Settings))

let ann: User
beforeEach(async () => {
  ann = await User.objects.createUser({ username: 'ann' })
})

async function run(command: Command, args: object = {}, options: object = {}): Promise<{ out: string; err: string }> {
  const written = { out: '', err: '' }
  const stdout = { write: (text: string) => (written.out += text) }
  const stderr = { write: (text: string) => (written.err += text) }
  await command.run({ args: args as never, options: options as never, stdout, stderr, settings: settings as never })
  return written
}

describe('createtoken', () => {
  test('prints the token once, and alone', async () => {
    const { out, err } = await run(
      createtoken,
      { username: 'ann', name: 'backup' },
      { scope: ['posts:read', 'posts:write'], expires: '30d' },
    )
    expect(out).toMatch(/^nuages_[0-9A-Za-z]{49}\n$/)
    expect(err).toMatch(
      /^Token 1 of ann \(posts:read, posts:write, expires \d{4}-\d\d-\d\dT[\d:]+Z\)\. It is shown this once:\n$/,
    )
    const token = await AccessToken.objects.get()
    expect(token.expires!.since(token.created).total('hours')).toBe(720)
    const { err: plain } = await run(createtoken, { username: 'ann', name: 'x' }, { expires: 'never' })
    expect(plain).toContain('no scopes, never expires')
  })

  test.for([
    [{ username: 'eve', name: 'x' }, {}, 'There is no user eve.'],
    [{ username: 'ann', name: '' }, {}, 'a name of 1 to 100 characters'],
    [{ username: 'ann', name: 'x' }, { scope: ['a b'] }, 'cannot be a scope'],
    [{ username: 'ann', name: 'x' }, { expires: 'soon' }, "--expires 'soon' is no time."],
    [{ username: 'ann', name: 'x' }, { expires: '2020-01-01' }, 'that is over'],
  ] as const)('refuses %j %j', async ([args, options, message]) => {
    await expect(run(createtoken, args, options)).rejects.toThrow(CommandError)
    await expect(run(createtoken, args, options)).rejects.toThrow(message)
    expect(await AccessToken.objects.count()).toBe(0)
  })

  test('understands times', () => {
    expect(parseExpiry('never')).toBeNull()
    expect(String(parseExpiry('12h'))).toBe('PT12H')
    expect(String(parseExpiry('8w'))).toBe('P8W')
    expect(String(parseExpiry('P1Y6M'))).toBe('P1Y6M')
    expect(String(parseExpiry('2027-01-31'))).toBe('2027-02-01T00:00:00Z')
    expect(String(parseExpiry('2027-01-31T12:00+09:00'))).toBe('2027-01-31T03:00:00Z')
    for (const text of ['', '30', '-1d', '2027-13-01', 'P', '1y']) expect(() => parseExpiry(text)).toThrow(CommandError)
  })
})

test('a token that lasts months lasts them by the calendar', async () => {
  const { token } = await createToken(ann, { name: 'x', expires: Temporal.Duration.from('P1Y') })
  expect(token.expires!.since(token.created).total('hours')).toBeGreaterThanOrEqual(8760)
})

test('listtokens tells what works, and all when asked', async () => {
  await createToken(ann, { name: 'one', scopes: ['a', 'b'] })
  const { token } = await createToken(ann, { name: 'two', expires: null })
  await token.revoke()
  await createToken(await User.objects.createUser({ username: 'ben' }), { name: 'three' })
  const { out } = await run(listtokens)
  expect(out).toMatch(
    /^3 {2}ben \| three \| no scopes \| expires [\d-]+ \| never used\n1 {2}ann \| one \| a b \| .*\n$/,
  )
  expect((await run(listtokens, {}, { all: true })).out).toContain('2  ann | two | no scopes | revoked | never used')
  expect((await run(listtokens, {}, { user: 'ben' })).out.split('\n')).toHaveLength(2)
  await AccessToken.objects.all().delete()
  expect((await run(listtokens)).out).toBe('There are no tokens.\n')
})

test('revoketoken takes a number, the token itself, or a user', async () => {
  const made = [await createToken(ann, { name: 'one' }), await createToken(ann, { name: 'two' })]
  expect((await run(revoketoken, { token: String(made[0]!.token.id) })).out).toBe("Revoked the token 'one'.\n")
  expect((await run(revoketoken, { token: made[1]!.text })).out).toBe("Revoked the token 'two'.\n")
  for (const { revoked } of await AccessToken.objects.all()) expect(revoked).not.toBeNull()
  await createToken(ann, { name: 'three' })
  await createToken(ann, { name: 'four' })
  expect((await run(revoketoken, {}, { user: 'ann' })).out).toBe('Revoked 2 tokens.\n')
  await expect(run(revoketoken, { token: '99' })).rejects.toThrow('There is no token 99.')
  await expect(run(revoketoken, { token: 'nuages_secret' })).rejects.toThrow(/^There is no such token\.$/)
  await expect(run(revoketoken)).rejects.toThrow('takes either a token or --user')
  await expect(run(revoketoken, { token: '1' }, { user: 'ann' })).rejects.toThrow('takes either a token or --user')
})
