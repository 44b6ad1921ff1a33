import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { User } from '@nuages/auth'
import { createApplication, resetSetup, runChecks } from '@nuages/core'
import { sessionEngine } from '@nuages/sessions'
import { assertNumQueries, type Client, captureQueries, TestDatabase } from '@nuages/testing'
import type { Application } from 'nuages/gateway'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { LogEntry } from '../../../admin/src/index.ts'
import { column, messagesIn } from '../../../admin/test/pages.ts'
import { UserSession } from '../../src/index.ts'
import { adminSettings, logIn, makeStaff, password } from './site.ts'

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const safari =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1'

const list = '/admin/usersessions/usersession/'

describe.for(['database', 'cachedDatabase', 'cache', 'file', 'signedCookies'] as const)('sessions in %s', (engine) => {
  let database: TestDatabase
  let application: Application
  let filePath: string
  let ann: Client
  let phone: Client

  beforeAll(async () => {
    filePath = await mkdtemp(join(tmpdir(), 'nuages-user-sessions-'))
    const settings = adminSettings({ sessions: { engine, filePath } })
    database = await TestDatabase.create(settings)
    application = await createApplication(settings)
  })
  beforeEach(async () => {
    await database.reset()
    await User.objects.createUser({ username: 'ann', password })
    ann = await logIn(application, 'ann', firefox, '192.0.2.1')
    phone = await logIn(application, 'ann', safari, '192.0.2.7')
  })
  afterAll(async () => {
    await database.close()
    await resetSetup()
    await rm(filePath, { recursive: true })
  })

  const staff = async (...permissions: readonly string[]) => {
    await makeStaff('staff', ...permissions)
    return logIn(application, 'staff', firefox, '198.51.100.4')
  }
  const who = async (client: Client) => (await client.get('/who/')).text()
  const rowOf = (address: string) => UserSession.objects.get({ address })

  test('ending some asks first, ends them and what the store holds of them, and is noted', async () => {
    const client = await staff('usersessions.view_usersession', 'usersessions.delete_usersession')
    const row = await rowOf('192.0.2.7')
    const key = phone.cookies.get('sessionid')!
    const form = { action: 'end', _selected_action: String(row.id) }
    const asked = await client.post(list, { form })
    expect([asked.status, asked.text().includes('has to log in again')]).toEqual([200, true])
    expect(await who(phone)).toBe('ann')
    expect(await sessionEngine().load(key)).toBeDefined()
    expect((await client.post(list, { form: { ...form, post: 'yes' } })).status).toBe(303)
    // Before its owner comes: then it would go by itself.
    if (engine !== 'signedCookies') expect(await sessionEngine().load(key)).toBeUndefined()
    expect(messagesIn(await client.get(list))).toEqual(['One session was ended.'])
    expect([await who(phone), await who(ann)]).toEqual(['AnonymousUser', 'ann'])
    const entry = await LogEntry.objects.get()
    expect([entry.action, entry.objectRepr, entry.describe()]).toEqual([
      'deletion',
      'Safari on iPhone, 192.0.2.7',
      'Ran “End selected sessions”. Deleted.',
    ])
  })

  test('whoever ends all of them keeps their own', async () => {
    const client = await staff('usersessions.view_usersession', 'usersessions.delete_usersession')
    const form = { action: 'end', select_across: '1', _selected_action: '', post: 'yes' }
    expect((await client.post(list, { form })).status).toBe(303)
    expect(messagesIn(await client.get(list))).toEqual(['2 sessions were ended.'])
    expect([await who(ann), await who(phone), await who(client)]).toEqual(['AnonymousUser', 'AnonymousUser', 'staff'])
    await client.post(list, { form })
    expect(messagesIn(await client.get(list))).toEqual(['Your own session stays: sign out to end it.'])
  })

  test('the button of the page ends one too, and the own one logs out', async () => {
    const client = await staff('usersessions.view_usersession', 'usersessions.delete_usersession')
    const row = await rowOf('192.0.2.1')
    const key = ann.cookies.get('sessionid')!
    expect((await client.post(`${list}${row.id}/delete/`, { form: { post: 'yes' } })).status).toBe(303)
    if (engine !== 'signedCookies') expect(await sessionEngine().load(key)).toBeUndefined()
    expect([await who(ann), await who(phone)]).toEqual(['AnonymousUser', 'ann'])
    const own = await rowOf('198.51.100.4')
    const cookie = client.cookies.get('sessionid')
    expect((await client.post(`${list}${own.id}/delete/`, { form: { post: 'yes' } })).status).toBe(303)
    expect(client.cookies.get('sessionid')).not.toBe(cookie)
    expect([await who(client), await UserSession.objects.count(), await LogEntry.objects.count()]).toEqual([
      'AnonymousUser',
      1,
      2,
    ])
  })
})

describe('the list of sessions', () => {
  let database: TestDatabase
  let application: Application

  beforeAll(async () => {
    const settings = adminSettings()
    database = await TestDatabase.create(settings)
    application = await createApplication(settings)
  })
  beforeEach(async () => {
    await database.reset()
    await User.objects.createUser({ username: 'ann', password })
    await logIn(application, 'ann', firefox, '192.0.2.1')
    await logIn(application, 'ann', safari, '192.0.2.7')
  })
  afterAll(async () => {
    await database.close()
    await resetSetup()
  })

  const viewer = async (...permissions: readonly string[]) => {
    await makeStaff('staff', 'usersessions.view_usersession', ...permissions)
    return logIn(application, 'staff', firefox, '198.51.100.4')
  }

  test('tells where users are logged in, which is the own one, and nothing to take one over by', async () => {
    const client = await viewer()
    const page = await client.get(list)
    expect([column(page, 'device'), column(page, 'user'), column(page, 'address'), column(page, 'state')]).toEqual([
      ['Firefox on Linux (this session)', 'Safari on iPhone', 'Firefox on Linux'],
      ['staff', 'ann', 'ann'],
      ['198.51.100.4', '192.0.2.7', '192.0.2.1'],
      ['Open', 'Open', 'Open'],
    ])
    const row = await UserSession.objects.get({ address: '192.0.2.7' })
    const opened = await client.get(`${list}${row.id}/change/`)
    for (const text of [page.text(), opened.text()]) {
      for (const secret of [row.sealedKey, row.sessionHash, row.authHash]) expect(text).not.toContain(secret)
    }
    expect([opened.status, opened.text().includes(safari)]).toEqual([200, true])
    expect((await client.get(`${list}?sessionHash__startswith=a`)).status).toBe(303)
  })

  test('tells those that are over from those that are not', async () => {
    const client = await viewer()
    await UserSession.objects
      .filter({ address: '192.0.2.1' })
      .update({ expires: Temporal.Now.instant().subtract({ hours: 1 }) })
    const ann = await User.objects.get({ username: 'ann' })
    await ann.setPassword('another 7 horses')
    await ann.save()
    expect(column(await client.get(list), 'state')).toEqual(['Open', 'Former password', 'Expired'])
    const addresses = async (query: string) => column(await client.get(`${list}?${query}`), 'address')
    expect(await addresses('expired=yes')).toEqual(['192.0.2.1'])
    expect(await addresses('expired=no')).toEqual(['198.51.100.4', '192.0.2.7'])
    expect(await addresses('q=ann')).toEqual(['192.0.2.7', '192.0.2.1'])
    expect(await addresses('q=192.0.2.7')).toEqual(['192.0.2.7'])
    expect(await addresses('q=iPhone')).toEqual(['192.0.2.7'])
  })

  test('asks the database no more for many', async () => {
    const client = await viewer()
    const few = (await captureQueries(() => client.get(list))).queries.length
    expect(few).toBeGreaterThan(0)
    for (let index = 0; index < 8; index++) await logIn(application, 'ann', safari, `192.0.2.${20 + index}`)
    await assertNumQueries(few, () => client.get(list))
  })

  test('nothing is added, changed, or ended by whoever may only look', async () => {
    const client = await viewer('usersessions.add_usersession', 'usersessions.change_usersession')
    const row = await UserSession.objects.get({ address: '192.0.2.7' })
    expect((await client.get(`${list}add/`)).status).toBe(403)
    expect((await client.post(`${list}${row.id}/change/`, { form: { address: '::1' } })).status).toBe(403)
    expect((await client.post(`${list}${row.id}/delete/`, { form: { post: 'yes' } })).status).toBe(403)
    expect((await client.get(list)).text()).not.toContain('End selected sessions')
    await client.post(list, { form: { action: 'end', _selected_action: String(row.id), post: 'yes' } })
    await client.post(list, { form: { action: 'delete_selected', _selected_action: String(row.id), post: 'yes' } })
    expect(await UserSession.objects.filter({ id: row.id }).exists()).toBe(true)
    expect((await (await logIn(application, 'ann', firefox, '192.0.2.9')).get(list)).status).toBe(302)
  })

  test("a user's page leads to their sessions, for whom may see them", async () => {
    const client = await viewer('auth.view_user')
    const ann = await User.objects.get({ username: 'ann' })
    const page = await client.get(`/admin/auth/user/${ann.id}/change/`)
    const { tools } = page.context as { tools: { label: string; url: string }[] }
    const link = tools.find(({ label }) => label === 'Sessions')!
    expect(column(await client.get(link.url), 'address')).toEqual(['192.0.2.7', '192.0.2.1'])
  })

  test('manage check finds nothing to say', async () => {
    expect((await runChecks()).filter(({ id }) => /^(?:admin|usersessions)\./.test(id))).toEqual([])
  })
})
