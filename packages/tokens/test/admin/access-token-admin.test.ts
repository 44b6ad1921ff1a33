import { User } from '@nuages/auth'
import { runChecks } from '@nuages/core'
import { assertNumQueries, Client, captureQueries } from '@nuages/testing'
import { describe, expect } from 'vitest'
import { LogEntry } from '../../../admin/src/index.ts'
import { column, messagesIn } from '../../../admin/test/pages.ts'
import { AccessToken, createToken } from '../../src/index.ts'
import { application, staff, test } from './site.ts'

const list = '/admin/tokens/accesstoken/'
const change = (token: AccessToken) => `${list}${token.id}/change/`
const everything = ['view', 'add', 'change', 'delete'].map((action) => `tokens.${action}_accesstoken`)

async function ann(): Promise<User> {
  return User.objects.create({ username: 'ann', password: '!' })
}

const inDays = (days: number) =>
  Temporal.Now.instant()
    .add({ hours: 24 * days })
    .round('microsecond')

/** Three of ann's: one that works, one that was revoked, one that is over. */
async function threeTokens() {
  const user = await ann()
  const backup = await createToken(user, { name: 'backup', scopes: ['notes:read', 'notes:write'], expires: inDays(10) })
  const lost = await createToken(user, { name: 'lost', scopes: ['*'], expires: null })
  await lost.token.revoke()
  const old = await createToken(user, { name: 'old' })
  await AccessToken.objects.filter({ id: old.token.id }).update({ expires: inDays(-1) })
  return { user, backup, lost, old }
}

async function asks(text: string): Promise<number> {
  const client = new Client(application, { secure: true })
  return (await client.get('/api/', { headers: { Authorization: `Bearer ${text}` } })).status
}

describe('the list of access tokens', () => {
  test('tells what there is, and nothing to use it by', async () => {
    const { backup } = await threeTokens()
    const client = await staff('tokens.view_accesstoken')
    const page = await client.get(list)
    expect([column(page, 'name'), column(page, 'user'), column(page, 'scopes'), column(page, 'state')]).toEqual([
      ['old', 'lost', 'backup'],
      ['ann', 'ann', 'ann'],
      ['None', 'Everything (*)', 'notes:read, notes:write'],
      ['Expired', 'Revoked', 'Active'],
    ])
    expect([column(page, 'expires')[1], column(page, 'lastUsed')[2]]).toEqual(['Never', 'Never'])
    const opened = await client.get(change(backup.token))
    for (const { status, text } of [page, opened].map((each) => ({ status: each.status, text: each.text() }))) {
      expect(status).toBe(200)
      expect(text).not.toContain(backup.token.digest)
      expect(text).not.toContain(backup.text.slice(7, 20))
    }
    expect(opened.text()).not.toContain('data-main-form')
    expect((await client.get(`${list}?digest__startswith=${backup.token.digest.slice(0, 2)}`)).status).toBe(303)
  })

  test('is searched and filtered', async () => {
    await threeTokens()
    const client = await staff('tokens.view_accesstoken')
    const names = async (query: string) => column(await client.get(`${list}?${query}`), 'name')
    expect(await names('q=back')).toEqual(['backup'])
    expect(await names('q=ANN')).toEqual(['old', 'lost', 'backup'])
    expect(await names('q=bob')).toEqual([])
    expect(await names('state=active')).toEqual(['backup'])
    expect(await names('state=expired')).toEqual(['old'])
    expect(await names('state=revoked')).toEqual(['lost'])
    expect(await names('state=other')).toEqual(['old', 'lost', 'backup'])
  })

  test('asks the database no more for many', async () => {
    const user = await ann()
    const client = await staff('tokens.view_accesstoken')
    const make = async (count: number) => {
      for (let index = 0; index < count; index++) await createToken(user, { name: `token ${index}` })
    }
    await make(2)
    const few = (await captureQueries(() => client.get(list))).queries.length
    expect(few).toBeGreaterThan(0)
    await make(10)
    await assertNumQueries(few, () => client.get(list))
  })
})

describe('revoking', () => {
  test('asks first, then ends them for good, and is noted', async () => {
    const { backup, lost } = await threeTokens()
    const client = await staff('tokens.change_accesstoken')
    const form = { action: 'revoke', _selected_action: [String(backup.token.id), String(lost.token.id)] }
    const before = lost.token.revoked
    const asked = await client.post(list, { form })
    expect([asked.status, asked.text().includes('cannot be taken back')]).toEqual([200, true])
    expect(await asks(backup.text)).toBe(200)
    const done = await client.post(list, { form: { ...form, post: 'yes' } })
    expect(done.status).toBe(303)
    expect(messagesIn(await client.get(list))).toEqual(['One token was revoked.'])
    expect(await asks(backup.text)).toBe(401)
    // What was over by then keeps the moment at which it was.
    expect((await AccessToken.objects.get({ id: lost.token.id })).revoked!.equals(before!)).toBe(true)
    const entries = await LogEntry.objects.orderBy('objectRepr')
    expect(entries.map((entry) => [entry.action, entry.objectRepr, entry.describe()])).toEqual([
      ['change', 'backup', 'Ran “Revoke selected tokens”.'],
      ['change', 'lost', 'Ran “Revoke selected tokens”.'],
    ])
    await client.post(list, { form: { ...form, post: 'yes' } })
    expect(messagesIn(await client.get(list))).toEqual(['Nothing to do: they were revoked before.'])
  })

  test('takes the permission to change', async () => {
    const { backup } = await threeTokens()
    const client = await staff('tokens.view_accesstoken', 'tokens.delete_accesstoken')
    const page = await client.get(list)
    expect(page.text()).not.toContain('Revoke selected tokens')
    await client.post(list, { form: { action: 'revoke', _selected_action: String(backup.token.id), post: 'yes' } })
    expect(await asks(backup.text)).toBe(200)
  })
})

describe('the page of a token', () => {
  /** The form as it is opened, with some of it changed. */
  async function save(client: Client, token: AccessToken, changes: Readonly<Record<string, string | string[]>>) {
    const page = (await client.get(change(token))).text()
    const value = (name: string) => new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(page)?.[1] ?? ''
    const { name, scopes, expires } = token
    const shown = { name, scopes: [...scopes], ...(expires === null ? {} : { expires: value('expires') }) }
    return client.post(change(token), { form: { ...shown, _version: value('_version'), ...changes } })
  }

  const errorsIn = (page: { text(): string }) => /class="errorlist[\s\S]*?<\/ul>/.exec(page.text())?.[0] ?? ''

  test('renames it, takes scopes away, and lets it expire sooner', async () => {
    const {
      backup: { token },
      user,
    } = await threeTokens()
    const client = await staff('tokens.change_accesstoken')
    const sooner = inDays(2).round('minute').toString().slice(0, 16)
    const response = await save(client, token, { name: 'nightly', scopes: 'notes:read', expires: sooner, user: '0' })
    expect(response.status).toBe(303)
    const saved = await AccessToken.objects.get({ id: token.id })
    expect([saved.name, saved.scopes, saved.expires!.toString().slice(0, 16), saved.userId]).toEqual([
      'nightly',
      ['notes:read'],
      sooner,
      user.id,
    ])
    expect((await LogEntry.objects.get()).describe()).toBe('Changed Name, Scopes and Expires.')
    expect((await save(client, saved, { scopes: [] })).status).toBe(303)
    expect((await AccessToken.objects.get({ id: token.id })).scopes).toEqual([])
  })

  test('what nobody touched stays as it was, to the microsecond', async () => {
    const {
      backup: { token },
    } = await threeTokens()
    const client = await staff('tokens.change_accesstoken')
    expect((await save(client, token, { name: 'nightly' })).status).toBe(303)
    const saved = await AccessToken.objects.get({ id: token.id })
    expect([saved.name, saved.scopes, saved.expires!.equals(token.expires!)]).toEqual(['nightly', token.scopes, true])
  })

  test('widens nothing: neither the scopes nor the time', async () => {
    const {
      backup: { token },
      lost,
    } = await threeTokens()
    const client = await staff(...everything)
    const longer = inDays(20).toString().slice(0, 16)
    const past = inDays(-1).toString().slice(0, 16)
    for (const [changes, error] of [
      [{ scopes: ['notes:read', 'notes:delete'] }, 'none of the choices'],
      [{ scopes: '*' }, 'none of the choices'],
      [{ expires: longer }, 'not made to last longer'],
      [{ expires: '' }, 'not made to last longer'],
      [{ expires: past }, 'This is over'],
    ] as const) {
      const response = await save(client, token, changes as Record<string, string | string[]>)
      expect([response.status, response.text()]).toEqual([200, expect.stringContaining(error)])
      expect(errorsIn(response)).not.toBe('')
    }
    const saved = await AccessToken.objects.get({ id: token.id })
    expect([saved.scopes, saved.expires!.equals(token.expires!)]).toEqual([token.scopes, true])
    // One that has ended can be renamed, and stays what it is.
    await save(client, lost.token, { name: 'lost in a train', scopes: ['notes:read'], expires: longer, revoked: '' })
    expect(await AccessToken.objects.get({ id: lost.token.id })).toMatchObject({
      name: 'lost in a train',
      scopes: ['*'],
      expires: null,
      revoked: expect.any(Temporal.Instant),
    })
  })

  test('a token without an end may get one', async () => {
    const { token } = await createToken(await ann(), { name: 'forever', expires: null })
    const client = await staff('tokens.change_accesstoken')
    expect((await save(client, token, { expires: inDays(3).toString().slice(0, 16) })).status).toBe(303)
    expect((await AccessToken.objects.get({ id: token.id })).expires).not.toBeNull()
  })

  test('what is no list of scopes is shown, and does no harm', async () => {
    const { token } = await createToken(await ann(), { name: 'odd' })
    await AccessToken.objects.filter({ id: token.id }).update({ scopes: 'posts:*' as never })
    const client = await staff('tokens.change_accesstoken')
    expect(column(await client.get(list), 'scopes')).toEqual(['None'])
    expect((await client.get(change(token))).status).toBe(200)
  })

  test('nobody adds one, and whoever may not look is told so', async () => {
    const { backup } = await threeTokens()
    const client = await staff(...everything)
    expect((await client.get(`${list}add/`)).status).toBe(403)
    expect((await client.get(list)).text()).not.toContain(`${list}add/`)
    const none = new Client(application)
    await none.forceLogin(await User.objects.create({ username: 'other', password: '!', isStaff: true }))
    for (const path of [list, change(backup.token)]) expect((await none.get(path)).status).toBe(403)
    const viewer = new Client(application)
    await viewer.forceLogin(backup.token.user as unknown as User)
    expect((await viewer.get(list)).status).toBe(302)
  })

  test('deleting it takes the permission to delete, and ends it', async () => {
    const { backup } = await threeTokens()
    const url = `${list}${backup.token.id}/delete/`
    const client = await staff('tokens.change_accesstoken')
    expect((await client.post(url, { form: { post: 'yes' } })).status).toBe(403)
    const root = new Client(application)
    await root.forceLogin(await User.objects.createSuperuser({ username: 'root', password: 'x' }))
    expect((await root.post(url, { form: { post: 'yes' } })).status).toBe(303)
    expect(await asks(backup.text)).toBe(401)
  })
})

test("a user's page leads to their tokens, for whom may see them", async () => {
  const { user } = await threeTokens()
  await createToken(await User.objects.create({ username: 'bob', password: '!' }), { name: "bob's" })
  const client = await staff('auth.change_user')
  const url = `/admin/auth/user/${user.id}/change/`
  expect((await client.get(url)).text()).not.toContain('Access tokens')
  const root = new Client(application)
  await root.forceLogin(await User.objects.createSuperuser({ username: 'root', password: 'x' }))
  const tools = ((await root.get(url)).context as { tools: { label: string; url: string }[] }).tools
  const link = tools.find(({ label }) => label === 'Access tokens')!
  expect(column(await root.get(link.url), 'name')).toEqual(['old', 'lost', 'backup'])
})

test('manage check finds nothing to say', async () => {
  expect((await runChecks()).filter(({ id }) => id.startsWith('admin.') || id.startsWith('tokens.'))).toEqual([])
})
