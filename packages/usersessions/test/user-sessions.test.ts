import { User } from '@nuages/auth'
import { createApplication, resetSetup, runChecks, type Settings } from '@nuages/core'
import { deleteExpiredSessions, Session, SessionStore } from '@nuages/sessions'
import { assertNumQueries, Client, TestDatabase } from '@nuages/testing'
import type { Application } from 'nuages/gateway'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { endAllSessions, liveSessions, UserSession } from '../src/index.ts'
import { projectSettings } from './project/settings.ts'

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const safari =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1'

describe.for(['database', 'cachedDatabase', 'cache', 'file', 'signedCookies'] as const)('sessions in %s', (engine) => {
  let database: TestDatabase
  let application: Application
  let ann: User

  beforeAll(async () => {
    const settings = projectSettings({ sessions: { engine, filePath: `/tmp/nuages-usersessions-${process.pid}` } })
    database = await TestDatabase.create(settings as Settings)
    application = await createApplication(settings as Settings)
  })
  beforeEach(async () => {
    await database.reset()
    ann = await User.objects.createUser({ username: 'ann', password: 'correct horse' })
  })
  afterEach(() => {
    vi.useRealTimers()
  })
  afterAll(async () => {
    await database.close()
    await resetSetup()
  })

  async function device(userAgent = firefox, clientAddress = '192.0.2.1', username = 'ann'): Promise<Client> {
    const client = new Client(application, { headers: { 'User-Agent': userAgent }, clientAddress })
    const form = { username, password: 'correct horse' }
    expect((await client.post('/accounts/login/', { form })).status).toBe(303)
    return client
  }

  const who = async (client: Client) => (await client.get('/who/')).text()

  test('a log-in is written down, and a log-out takes it away', async () => {
    const client = await device()
    const row = await UserSession.objects.get()
    expect(row).toMatchObject({ address: '192.0.2.1', userAgent: firefox, agent: 'Firefox on Linux' })
    expect((await row.user).pk).toBe(ann.pk)
    expect(row.created.until(Temporal.Now.instant()).total('seconds')).toBeLessThan(30)
    expect(row.expires.since(row.created).total('hours')).toBeCloseTo(14 * 24, 1)
    // Nothing in the row is what the cookie holds, or the session.
    const cookie = client.cookies.get('sessionid')!
    for (const text of [row.sessionHash, row.sealedKey]) expect(cookie).not.toContain(text.slice(0, 20) || 'nothing')
    expect(await new SessionStore(cookie).get('_user_session')).not.toBe(row.sessionHash)
    await client.post('/accounts/logout/')
    expect(await UserSession.objects.count()).toBe(0)
  })

  test('ending others leaves this one, and works at once', async () => {
    const [here, phone, tablet] = [await device(), await device(safari, '2001:db8::1'), await device()]
    await phone.get('/keep/')
    expect((await here.get('/others/')).json()).toBe(2)
    expect([await who(here), await who(phone), await who(tablet)]).toEqual(['ann', 'AnonymousUser', 'AnonymousUser'])
    expect(phone.cookies.has('sessionid')).toBe(false)
    expect((await here.get('/others/')).json()).toBe(0)
    // Who was logged out may log in again.
    await phone.post('/accounts/login/', { form: { username: 'ann', password: 'correct horse' } })
    expect(await who(phone)).toBe('ann')
    expect(await UserSession.objects.count()).toBe(2)
  })

  test('a copy of a cookie is worth nothing once its session was ended or logged out', async () => {
    const [ended, left, here] = [await device(), await device(), await device()]
    const thieves = [ended, left].map((client) => {
      const thief = new Client(application)
      thief.cookies.set('sessionid', client.cookies.get('sessionid')!)
      return thief
    })
    expect(await Promise.all(thieves.map(who))).toEqual(['ann', 'ann'])
    await left.post('/accounts/logout/')
    await here.get('/others/')
    expect(await Promise.all(thieves.map(who))).toEqual(['AnonymousUser', 'AnonymousUser'])
  })

  test('the page lists them, this device first, and ends one or all others', async () => {
    const [phone, here] = [await device(safari, '2001:db8::1'), await device()]
    const page = await here.get('/accounts/sessions/')
    expect(page.headers.get('Cache-Control')).toContain('no-store')
    const text = page.text()
    expect(text.indexOf('Firefox on Linux')).toBeLessThan(text.indexOf('Safari on iPhone'))
    expect(text.match(/this device/g)).toHaveLength(1)
    expect(text).toContain('2001:db8::1')
    const [id] = /name="session" value="(\d+)"/.exec(text)!.slice(1)
    const after = await here.post('/accounts/sessions/', { form: { session: id! }, follow: true })
    expect(after.text()).toContain('Safari on iPhone was logged out.')
    expect(after.text()).toContain('You are logged in nowhere else.')
    expect(await who(phone)).toBe('AnonymousUser')
    const again = await here.post('/accounts/sessions/', { form: { session: id! }, follow: true })
    expect(again.text()).toContain('That device was logged out already.')
    await Promise.all([device(), device(safari)])
    const others = await here.post('/accounts/sessions/', { form: { others: '1' }, follow: true })
    expect(others.text()).toContain('2 other devices were logged out.')
    expect(await who(here)).toBe('ann')
  })

  test("the page is not for others: neither a stranger's nor another user's sessions", async () => {
    await User.objects.createUser({ username: 'ben', password: 'correct horse' })
    const [mine, theirs] = [await device(), await device(safari, '192.0.2.9', 'ben')]
    const row = await UserSession.objects.get({ userAgent: firefox })
    for (const session of [String(row.id), '0', '-1', 'x', '9'.repeat(30), '']) {
      await theirs.post('/accounts/sessions/', { form: { session } })
    }
    expect(await who(mine)).toBe('ann')
    expect((await theirs.get('/accounts/sessions/')).text()).not.toContain('Firefox')
    const stranger = new Client(application)
    expect((await stranger.get('/accounts/sessions/')).headers.get('Location')).toBe(
      '/accounts/login/?next=/accounts/sessions/',
    )
    expect((await stranger.post('/accounts/sessions/', { form: { others: '1' } })).status).toBe(302)
    const forged = new Client(application, { enforceCsrfChecks: true })
    forged.cookies.set('sessionid', mine.cookies.get('sessionid')!)
    expect((await forged.post('/accounts/sessions/', { form: { others: '1' } })).status).toBe(403)
  })

  test('naming this device in the form logs it out', async () => {
    const here = await device()
    const { id } = await UserSession.objects.get()
    await here.post('/accounts/sessions/', { form: { session: String(id) } })
    expect(await who(here)).toBe('AnonymousUser')
    expect(await UserSession.objects.count()).toBe(0)
  })

  test('it is asked for only with the user, and written once a minute', async () => {
    const client = await device()
    const kept = engine === 'database' ? 1 : 0
    await client.get('/who/')
    await assertNumQueries(0, () => client.get('/'))
    // The session, the user, the row.
    await assertNumQueries(2 + kept, () => client.get('/who/'))
    const { lastSeen } = await UserSession.objects.get()
    vi.useFakeTimers({ toFake: ['Date', 'Temporal'] as never, now: Date.now() + 61_000 })
    await assertNumQueries(3 + kept, () => client.get('/who/'))
    await assertNumQueries(2 + kept, () => client.get('/who/'))
    expect((await UserSession.objects.get()).lastSeen.since(lastSeen).total('seconds')).toBeGreaterThan(60)
  })

  test('a session keeps its row when its key changes, and can be ended by the new one', async () => {
    const [client, here] = [await device(), await device()]
    await client.get('/cycle/')
    expect(await who(client)).toBe('ann')
    expect(await UserSession.objects.count()).toBe(2)
    await here.get('/others/')
    expect(await new SessionStore(client.cookies.get('sessionid')).get('colour')).toBeUndefined()
    expect(await who(client)).toBe('AnonymousUser')
  })

  test('another password logs others out, and the page does not list them any more', async () => {
    const [here, phone] = [await device(), await device(safari)]
    const form = { oldPassword: 'correct horse', newPassword1: 'staple battery 9', newPassword2: 'staple battery 9' }
    const changed = await here.post('/accounts/password_change/', { form })
    expect(changed.status).toBe(303)
    const page = (await here.get('/accounts/sessions/')).text()
    expect(page).toContain('Firefox on Linux')
    expect(page).not.toContain('Safari')
    expect(await who(phone)).toBe('AnonymousUser')
    expect(await UserSession.objects.count()).toBe(1)
  })

  test('rows of sessions that are over are neither listed nor kept', async () => {
    const [, here] = [await device(safari), await device()]
    vi.useFakeTimers({ toFake: ['Date', 'Temporal'] as never, now: Date.now() + 10 * 86_400_000 })
    await here.get('/who/')
    await here.get('/keep/')
    vi.setSystemTime(Date.now() + 5 * 86_400_000)
    expect((await liveSessions(ann)).map(({ agent }) => agent)).toEqual(['Firefox on Linux'])
    const [gone] = [await device(safari)]
    vi.setSystemTime(Date.now() + 29 * 86_400_000)
    await deleteExpiredSessions()
    expect(await UserSession.objects.count()).toBe(0)
    expect(await who(gone)).toBe('AnonymousUser')
  })

  test('logging in as somebody else in one browser leaves one row', async () => {
    await User.objects.createUser({ username: 'ben', password: 'correct horse' })
    const client = await device()
    await client.post('/accounts/login/', { form: { username: 'ben', password: 'correct horse' } })
    expect(await who(client)).toBe('ben')
    if (engine !== 'signedCookies') expect(await liveSessions(ann)).toEqual([])
    await client.post('/accounts/login/', { form: { username: 'ben', password: 'correct horse' } })
    const ben = await User.objects.get({ username: 'ben' })
    expect(await liveSessions(ben)).toHaveLength(1)
  })

  test('endAllSessions logs a user out everywhere', async () => {
    const devices = [await device(), await device(safari)]
    expect(await endAllSessions(ann)).toBe(2)
    expect(await Promise.all(devices.map(who))).toEqual(['AnonymousUser', 'AnonymousUser'])
  })

  test('a session from before the app is taken in where it could be ended, and only there', async () => {
    const client = await device()
    const key = client.cookies.get('sessionid')!
    const store = new SessionStore(key)
    await store.delete('_user_session')
    await store.save()
    await UserSession.objects.all().delete()
    client.cookies.set('sessionid', store.sessionKey!, { domain: 'example.com', hostOnly: true })
    const both = await Promise.all([who(client), who(client)])
    if (engine === 'signedCookies') {
      expect(both).toEqual(['AnonymousUser', 'AnonymousUser'])
      return
    }
    expect(both).toEqual(['ann', 'ann'])
    expect(await UserSession.objects.count()).toBe(1)
    const here = await device()
    await here.get('/others/')
    expect(await who(client)).toBe('AnonymousUser')
  })

  test('an odd client is no trouble', async () => {
    const client = await device('\u0001<script>alert(1)</script>\u0085'.padEnd(2000, 'é'), '')
    const page = (await client.get('/accounts/sessions/')).text()
    expect(page).toContain('Unknown browser')
    expect(page).not.toContain('<script>')
    expect((await UserSession.objects.get()).userAgent).toHaveLength(300)
  })

  test('the checks say what cannot be', async () => {
    const ids = (await runChecks({ deploy: true, tags: ['usersessions'] })).map(({ id }) => id)
    expect(ids).toEqual(engine === 'signedCookies' ? ['usersessions.I001'] : [])
  })

  if (engine === 'database') {
    test('the session itself is gone from the table, not only its log-in', async () => {
      const [client, here] = [await device(), await device()]
      await client.get('/keep/')
      expect(await Session.objects.count()).toBe(2)
      await here.get('/others/')
      expect(await Session.objects.count()).toBe(1)
    })
  }
})
