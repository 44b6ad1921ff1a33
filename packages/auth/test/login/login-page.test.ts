import { createApplication } from '@nuages/core'
import { Session } from '@nuages/sessions'
import { Client, type DatabaseFixtures, testDatabase } from '@nuages/testing'
import { test as base, beforeEach, describe, expect, vi } from 'vitest'
import { makePassword, pbkdf2Hasher, User } from '../../src/index.ts'
import settings from '../project/settings.ts'
import { quickHasher } from '../quick-hashers.ts'

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

describe('the log-in page', () => {
  test('asks for name and password, in a form that says what goes where', async () => {
    const page = await client.get('/accounts/login/?next=/secret/1/')
    expect(page.status).toBe(200)
    expect(page.headers.get('Cache-Control')).toContain('no-store')
    const html = page.text()
    for (const part of [
      '<title>Log in</title>',
      '<label for="id_username">Username</label>',
      'autocomplete="username"',
      'autocomplete="current-password"',
      'type="password"',
      'name="csrfmiddlewaretoken"',
      '<input type="hidden" name="next" value="/secret/1/">',
    ]) {
      expect(html).toContain(part)
    }
    expect(html).not.toContain('You are logged in as')
  })

  test('logs in who knows the password, and writes down when', async () => {
    await ann()
    const before = Temporal.Now.instant()
    const response = await logIn()
    expect([response.status, response.headers.get('Location')]).toEqual([303, '/'])
    expect(await whoami()).toBe('ann')
    const { lastLogin } = await User.objects.get({ username: 'ann' })
    expect(Temporal.Instant.compare(lastLogin!, before)).toBe(1)
  })

  test('says the same of a wrong password, an unknown name and a user who is not active', async () => {
    const user = await ann()
    const said = 'That username and password do not match. Mind upper and lower case in both.'
    const wrong = [
      await logIn({ password: 'wrong' }),
      await logIn({ username: 'nobody' }),
      await logIn({ username: "ann' OR 1=1 --" }),
      await logIn({ password: 'correct horse ' }),
      await logIn({ password: 'Correct horse' }),
    ]
    user.isActive = false
    await user.save()
    wrong.push(await logIn())
    for (const response of wrong) {
      expect(response.status).toBe(200)
      expect(response.text()).toContain(said)
      expect(response.text()).not.toContain('correct horse')
      expect(response.cookies.has('sessionid')).toBe(false)
    }
    expect(await whoami()).toBe('nobody')
    expect(await Session.objects.count()).toBe(0)
  })

  test('hashes once, whoever is asked for: the time tells nothing', async () => {
    const user = await ann()
    await User.objects.createUser({ username: 'unusable' })
    const hashed = [vi.spyOn(quickHasher, 'encode'), vi.spyOn(quickHasher, 'verify')]
    const timesFor = async (fields: Record<string, string>) => {
      for (const spy of hashed) spy.mockClear()
      await logIn(fields)
      return hashed.flatMap((spy) => spy.mock.calls).length
    }
    expect(await timesFor({})).toBe(1)
    expect(await timesFor({ password: 'wrong' })).toBe(1)
    expect(await timesFor({ username: 'nobody' })).toBe(1)
    expect(await timesFor({ username: 'unusable' })).toBe(1)
    user.isActive = false
    user.password = 'unknown$hash'
    await user.save()
    expect(await timesFor({})).toBe(1)
    for (const spy of hashed) spy.mockRestore()
  })

  test('asks for what was left out', async () => {
    const response = await post({ username: '', password: '' })
    expect(response.text().match(/This field is required\./g)).toHaveLength(2)
    expect((await post({})).status).toBe(200)
  })

  test('is not upset by odd names and passwords', async () => {
    await ann()
    for (const odd of [
      '\0',
      'a\0b',
      '\ud800',
      '김치',
      'x'.repeat(100_000),
      '%00',
      '\u202e',
      '{{ 7 * 7 }}',
      '<script>',
    ]) {
      const response = await post({ username: odd, password: odd })
      expect(response.status).toBe(odd.includes('\0') ? 400 : 200)
      expect(response.text()).not.toContain('<script>')
    }
  })

  test('knows a name by what it looks like', async () => {
    await User.objects.createUser({ username: 'Ωmega', password: 'correct horse' })
    await logIn({ username: '\u2126mega' })
    expect(await whoami()).toBe('Ωmega')
  })

  test('takes a hash that no hasher knows, and one that is none, for nobody’s', async () => {
    const user = await ann()
    for (const password of ['bcrypt_sha256$$2b$12$abc', 'plain', '', '!unusable']) {
      user.password = password
      await user.save()
      expect((await logIn()).status).toBe(200)
      expect((await logIn({ password })).status).toBe(200)
    }
    expect(await whoami()).toBe('nobody')
  })

  test("hashes the password of Django's user anew, and keeps them logged in", async () => {
    const user = await ann()
    user.password = await makePassword('correct horse', { hasher: pbkdf2Hasher({ iterations: 1000 }) })
    await user.save()
    await logIn()
    expect((await User.objects.get({ username: 'ann' })).password).toMatch(/^argon2\$/)
    expect(await whoami()).toBe('ann')
  })

  test('wants a CSRF token, and makes another once somebody is in', async () => {
    await ann()
    const strict = new Client(application, { enforceCsrfChecks: true })
    expect(
      (await strict.post('/accounts/login/', { form: { username: 'ann', password: 'correct horse' } })).status,
    ).toBe(403)
    const html = (await strict.get('/accounts/login/')).text()
    const token = /name="csrfmiddlewaretoken" value="(\w+)"/.exec(html)![1]!
    const before = strict.cookies.get('csrftoken')
    const form = { username: 'ann', password: 'correct horse', csrfmiddlewaretoken: token }
    expect((await strict.post('/accounts/login/', { form })).status).toBe(303)
    expect(strict.cookies.get('csrftoken')).not.toBe(before)
  })
})

describe('next', () => {
  const safe = { '/secret/1/': '/secret/1/', '/a b?c=d': '/a%20b?c=d', '//example.com/x': '//example.com/x' }
  for (const [next, location] of Object.entries(safe)) {
    test(`leads to ${next}`, async () => {
      await ann()
      expect((await logIn({ next })).headers.get('Location')).toBe(location)
    })
  }

  const away = [
    '//evil.com',
    'http:evil.com',
    '/\\evil.com',
    '\\\\evil.com',
    'https://evil.com',
    'javascript:alert(1)',
    '//evil\u3002com',
    '/\t/evil.com',
    'http://example.com@evil.com',
  ]
  for (const next of away) {
    test(`never leads to ${JSON.stringify(next)}`, async () => {
      await ann()
      expect((await logIn({ next })).headers.get('Location')).toBe('/')
      await client.logout()
      const page = await client.get('/accounts/login/', { query: { next } })
      expect(page.text()).not.toContain('evil')
      const byQuery = await client.post('/accounts/login/', {
        query: { next },
        form: { username: 'ann', password: 'correct horse' },
      })
      expect(byQuery.headers.get('Location')).toBe('/')
    })
  }

  test('stays on HTTPS', async () => {
    await ann()
    const form = { username: 'ann', password: 'correct horse', next: 'http://example.com/x' }
    const response = await client.post('/accounts/login/', { secure: true, form })
    expect(response.headers.get('Location')).toBe('/')
  })
})
