import { createApplication } from '@nuages/core'
import { database } from '@nuages/orm'
import { Session, SessionStore } from '@nuages/sessions'
import { assertNumQueries, Client, type DatabaseFixtures, testDatabase } from '@nuages/testing'
import { test as base, beforeEach, describe, expect } from 'vitest'
import { User, userLoggedIn, userLoggedOut, userLoginFailed } from '../../src/index.ts'
import settings from '../project/settings.ts'

const test = base.extend<DatabaseFixtures>(testDatabase(settings))
const application = await createApplication(settings)
let client: Client

beforeEach(() => {
  client = new Client(application)
})

const ann = () => User.objects.createUser({ username: 'ann', password: 'correct horse' })
const whoami = async (who = client) => (await who.get('/')).text()
const post = (fields: Record<string, string>, path = '/accounts/login/') => client.post(path, { form: fields })
const logIn = (more: Record<string, string> = {}) => post({ username: 'ann', password: 'correct horse', ...more })

/** A visitor whose session holds that. */
async function clientOf(data: Readonly<Record<string, unknown>>): Promise<Client> {
  const store = new SessionStore()
  for (const [name, value] of Object.entries(data)) await store.set(name as 'anything', value)
  await store.save()
  const visitor = new Client(application)
  visitor.cookies.set('sessionid', store.sessionKey!)
  return visitor
}

describe('the session', () => {
  test('gets another key at the log-in, and keeps what it held', async () => {
    await ann()
    await client.get('/remember/')
    const planted = client.cookies.get('sessionid')
    await logIn()
    expect(client.cookies.get('sessionid')).not.toBe(planted)
    expect((await client.get('/recall/')).json()).toEqual({ colour: 'green' })
    const attacker = new Client(application)
    attacker.cookies.set('sessionid', planted!)
    expect(await whoami(attacker)).toBe('nobody')
    expect(await Session.objects.count()).toBe(1)
  })

  test('never has a key that the visitor chose', async () => {
    await ann()
    client.cookies.set('sessionid', 'chosenchosenchosenchosenchosench')
    await logIn()
    expect(client.cookies.all().map(({ value }) => value)).not.toContain('chosenchosenchosenchosenchosench'.slice(1))
    const attacker = new Client(application)
    attacker.cookies.set('sessionid', 'chosenchosenchosenchosenchosench')
    expect(await whoami(attacker)).toBe('nobody')
  })

  test('of one user is not handed to the next', async () => {
    await ann()
    await User.objects.createUser({ username: 'bob', password: 'battery staple' })
    await logIn()
    await client.get('/remember/')
    await post({ username: 'bob', password: 'battery staple' })
    expect(await whoami()).toBe('bob')
    expect((await client.get('/recall/')).json()).toEqual({ colour: null })
  })

  test('whose user is gone, or not active, is nobody’s', async () => {
    const user = await ann()
    await client.forceLogin(user)
    user.isActive = false
    await user.save()
    expect(await whoami()).toBe('nobody')
    user.isActive = true
    await user.save()
    expect(await whoami()).toBe('ann')
    await user.delete()
    expect(await whoami()).toBe('nobody')
  })

  test('ends where the password has changed', async () => {
    const user = await ann()
    await client.forceLogin(user)
    await user.setPassword('another')
    await user.save()
    expect(await whoami()).toBe('nobody')
    expect(client.cookies.has('sessionid')).toBe(false)
    expect(await Session.objects.count()).toBe(0)
  })

  test('of a former password is not handed on to who logs in with the new one', async () => {
    const user = await ann()
    await logIn()
    await client.get('/remember/')
    await user.setPassword('battery staple')
    await user.save()
    await post({ username: 'ann', password: 'battery staple' })
    expect(await whoami()).toBe('ann')
    expect((await client.get('/recall/')).json()).toEqual({ colour: null })
  })

  test('that says nonsense is nobody’s', async () => {
    const { id } = await ann()
    const backend = 'django.contrib.auth.backends.ModelBackend'
    const nonsense = [
      { _auth_user_id: id },
      { _auth_user_id: String(id) },
      { _auth_user_id: 'x', _auth_user_backend: backend },
      { _auth_user_id: '9999999999999999999999', _auth_user_backend: backend },
      { _auth_user_id: String(id), _auth_user_backend: 'no.such.Backend', _auth_user_hash: 'x' },
      { _auth_user_id: String(id), _auth_user_backend: backend },
      { _auth_user_id: String(id), _auth_user_backend: backend, _auth_user_hash: 'x' },
    ]
    for (const data of nonsense) {
      expect(await whoami(await clientOf(data)), JSON.stringify(data)).toBe('nobody')
    }
  })

  test('from before the secret key was changed is renewed', async () => {
    const user = await ann()
    const old = await clientOf({
      _auth_user_id: String(user.id),
      _auth_user_backend: 'django.contrib.auth.backends.ModelBackend',
      _auth_user_hash: user.getSessionAuthFallbackHashes()[0]!,
    })
    expect(await whoami(old)).toBe('ann')
    const renewed = await Session.objects.get()
    expect(await new SessionStore(renewed.pk).get('_auth_user_hash')).toBe(user.getSessionAuthHash())
  })

  test("has Django's keys, and when it was logged in", async () => {
    const user = await ann()
    await client.forceLogin(user)
    const store = new SessionStore(client.cookies.get('sessionid'))
    expect(await store.keys()).toEqual(['_auth_user_id', '_auth_user_backend', '_auth_user_hash', '_auth_login_time'])
    expect(await store.get('_auth_user_id')).toBe(String(user.id))
    expect(await store.get('_auth_user_backend')).toBe('django.contrib.auth.backends.ModelBackend')
  })
})

describe('logging out', () => {
  test('ends the session with all that it held', async () => {
    await client.forceLogin(await ann())
    await client.get('/remember/')
    const key = client.cookies.get('sessionid')!
    const response = await client.post('/accounts/logout/')
    expect(response.status).toBe(200)
    expect(response.text()).toContain('You are logged out')
    expect(response.text()).toContain('href="/accounts/login/"')
    expect(response.headers.get('Cache-Control')).toContain('no-store')
    expect(client.cookies.has('sessionid')).toBe(false)
    expect(await Session.objects.count()).toBe(0)
    const thief = new Client(application)
    thief.cookies.set('sessionid', key)
    expect(await whoami(thief)).toBe('nobody')
  })

  test('is a POST: a link logs nobody out', async () => {
    await client.forceLogin(await ann())
    expect((await client.get('/accounts/logout/')).status).toBe(405)
    expect(await whoami()).toBe('ann')
  })

  test('goes on to where it is told, on this host', async () => {
    await client.forceLogin(await ann())
    const response = await client.post('/accounts/logout/', { form: { next: '/page/' } })
    expect([response.status, response.headers.get('Location')]).toEqual([303, '/page/'])
    expect((await client.post('/accounts/logout/', { form: { next: '//evil.com' } })).status).toBe(200)
  })

  test('does no harm to who was not logged in', async () => {
    expect((await client.post('/accounts/logout/')).status).toBe(200)
  })
})

describe('request.user', () => {
  test('costs nothing before it is read, nor without a session', async () => {
    await assertNumQueries(0, () => client.get('/untouched/'))
    await assertNumQueries(0, () => whoami())
    await client.forceLogin(await ann())
    const untouched = await assertNumQueries(0, () => client.get('/untouched/'))
    expect(untouched.headers.get('Vary') ?? '').not.toContain('Cookie')
    await assertNumQueries(0, () => client.get('/quiet-page/'))
    const read = await assertNumQueries(2, () => client.get('/'))
    expect(read.headers.get('Vary')).toContain('Cookie')
  })

  test('is known at once to who logs in or out', async () => {
    await ann()
    expect((await client.get('/by-hand/')).json()).toEqual(['AnonymousUser', 'ann', 'AnonymousUser'])
  })

  test('is whose the request is, of two at once', async () => {
    await ann()
    await User.objects.createUser({ username: 'bob' })
    const other = new Client(application)
    await client.forceLogin(await User.objects.get({ username: 'ann' }))
    await other.forceLogin(await User.objects.get({ username: 'bob' }))
    const answers = await Promise.all([
      whoami(),
      whoami(other),
      whoami(),
      whoami(other),
      whoami(new Client(application)),
    ])
    expect(answers).toEqual(['ann', 'bob', 'ann', 'bob', 'nobody'])
  })

  test('may log in twice at once', async () => {
    await ann()
    const responses = await Promise.all([logIn(), logIn()])
    expect(responses.map(({ status }) => status)).toEqual([303, 303])
    expect(await whoami()).toBe('ann')
  })

  test('is found anew after the database failed', async () => {
    await client.forceLogin(await ann())
    await database().script('ALTER TABLE auth_user RENAME TO gone')
    await expect(client.get('/')).rejects.toThrow()
    await database().script('ALTER TABLE gone RENAME TO auth_user')
    expect(await whoami()).toBe('ann')
  })
})

test('who logs in, out, and fails to is told to who listens', async () => {
  const heard: unknown[] = []
  const stop = [
    userLoggedIn.connect(({ user }) => void heard.push(`in ${user.username}`)),
    userLoggedOut.connect(({ user }) => void heard.push(`out ${user.username}`)),
    userLoginFailed.connect(({ credentials, request }) => void heard.push([credentials, request?.path])),
  ]
  await ann()
  await logIn({ password: 'guess' })
  await logIn()
  await client.post('/accounts/logout/')
  await client.post('/accounts/logout/')
  for (const end of stop) end()
  expect(heard).toEqual([
    [{ username: 'ann', password: '********************' }, '/accounts/login/'],
    'in ann',
    'out ann',
  ])
})

describe('the test client', () => {
  test('logs in by credentials, or without, and out', async () => {
    const user = await ann()
    expect(await client.login({ username: 'ann', password: 'wrong' })).toBe(false)
    expect(await client.login({ username: 'ann', password: 'correct horse' })).toBe(true)
    expect(await whoami()).toBe('ann')
    client.cookies.set('other', 'x')
    await client.logout()
    expect(client.cookies.all()).toEqual([])
    expect(await whoami()).toBe('nobody')
    expect(await Session.objects.count()).toBe(0)
    await client.forceLogin(user)
    expect(await whoami()).toBe('ann')
  })
})
