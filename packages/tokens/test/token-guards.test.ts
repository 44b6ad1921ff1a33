import { Permission, registerLoginStep, User } from '@nuages/auth'
import { createApplication, resetSetup, runChecks, type Settings } from '@nuages/core'
import { assertNumQueries, Client, type ClientOptions, TestDatabase } from '@nuages/testing'
import type { Application } from 'nuages/gateway'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { AccessToken, createToken, InvalidToken, type TokenOptions, tokenRequired } from '../src/index.ts'
import { projectSettings } from './project/settings.ts'

let database: TestDatabase
let application: Application
let ann: User

async function open(changes: object = {}): Promise<void> {
  const settings = projectSettings(changes) as Settings
  database = await TestDatabase.create(settings)
  application = await createApplication(settings)
}

async function close(): Promise<void> {
  await database.close()
  await resetSetup()
}

async function reset(): Promise<void> {
  await database.reset()
  ann = await User.objects.createUser({ username: 'ann', password: 'correct horse' })
}

afterEach(() => {
  vi.useRealTimers()
})

function client(authorization?: string, options: ClientOptions = {}): Client {
  const headers = authorization === undefined ? {} : { Authorization: authorization }
  return new Client(application, { secure: true, enforceCsrfChecks: true, headers, ...options })
}

async function bearer(options: Partial<TokenOptions> = {}, user = ann): Promise<Client> {
  const { text } = await createToken(user, { name: 'test', scopes: ['posts:read'], ...options })
  return client(`Bearer ${text}`)
}

const basic = (username: string, password: string) =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`

/** A browser in which ann is logged in, with something in her session. */
async function loggedIn(): Promise<Client> {
  const browser = client()
  await browser.forceLogin(ann)
  await browser.get('/colour/')
  return browser
}

describe('a token', () => {
  beforeAll(() => open())
  beforeEach(reset)
  afterAll(close)

  test('opens what asks for it, as its user, and nothing of it is kept', async () => {
    const { text, token } = await createToken(ann, { name: 'backup', scopes: ['posts:read', 'posts:read'] })
    const answer = await client(`Bearer ${text}`).get('/api/read/')
    expect(answer.json()).toEqual({ user: 'ann', scheme: 'bearer', scopes: ['posts:read'], session: null, cookies: 0 })
    expect(answer.cookies.size).toBe(0)
    expect(answer.headers.get('Vary')).toMatch(/\bAuthorization\b/)
    expect((await client(`bearer  ${text}`).get('/api/me/')).status).toBe(200)
    const row = JSON.stringify(await AccessToken.objects.all())
    expect(row).not.toContain(text.slice(7, 30))
    expect(token.scopes).toEqual(['posts:read'])
  })

  test('is needed, which is told as RFC 6750 has it', async () => {
    const none = await client().get('/api/read/')
    expect(none.status).toBe(401)
    expect(none.headers.getAll('WWW-Authenticate')).toEqual(['Bearer realm="api"'])
    expect(none.headers.get('Vary')).toMatch(/\bAuthorization\b/)
    expect(none.headers.get('Cache-Control')).toBe('no-store')
    expect(none.json()).toEqual({ error: 'unauthorized', error_description: 'This needs a token.' })
  })

  test.for([
    ['unknown', 'Bearer nuages_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 401, 'invalid_token'],
    ['of another site', 'Bearer eyJhbGciOiJIUzI1NiJ9.e30.x', 401, 'invalid_token'],
    ['no token', 'Bearer a b', 400, 'invalid_request'],
    ['nothing', 'Bearer', 400, 'invalid_request'],
    ['a password, where none is taken', basic('ann', 'correct horse'), 401, 'unauthorized'],
    ['of another kind', 'Negotiate YII', 401, 'unauthorized'],
    ['huge', `Bearer ${'a'.repeat(8000)}`, 401, 'invalid_token'],
  ] as const)('that is %s is none', async ([, header, status, error]) => {
    const answer = await client(header).get('/api/read/')
    expect(answer.status).toBe(status)
    expect((answer.json() as { error: string }).error).toBe(error)
    const [challenge] = answer.headers.getAll('WWW-Authenticate')
    if (error !== 'unauthorized') expect(challenge).toContain(`error="${error}"`)
  })

  test('that is well formed and in no table is none', async () => {
    const { text, token } = await createToken(ann, { name: 'test', scopes: ['*'] })
    await token.delete()
    expect((await client(`Bearer ${text}`).get('/api/read/')).json()).toMatchObject({ error: 'invalid_token' })
  })

  test('ends: revoked, expired, or with its user', async () => {
    const revoked = await bearer()
    await (await AccessToken.objects.get()).revoke()
    const answer = await revoked.get('/api/read/')
    expect(answer.status).toBe(401)
    expect(answer.headers.get('WWW-Authenticate')).toBe(
      'Bearer realm="api", error="invalid_token", error_description="The token is revoked."',
    )
    const hour = await bearer({ expires: Temporal.Duration.from({ hours: 1 }) })
    const forEver = await bearer({ expires: null })
    const usual = await bearer()
    const statuses = async () => {
      const clients = [hour, usual, forEver]
      return Promise.all(clients.map(async (one) => (await one.get('/api/read/')).status))
    }
    expect(await statuses()).toEqual([200, 200, 200])
    vi.useFakeTimers({ toFake: ['Date', 'Temporal'] as never, now: Date.now() + 3_601_000 })
    expect(await statuses()).toEqual([401, 200, 200])
    vi.setSystemTime(Date.now() + 90 * 86_400_000)
    expect(await statuses()).toEqual([401, 401, 200])
    ann.isActive = false
    await ann.save()
    expect(await statuses()).toEqual([401, 401, 401])
    await ann.delete()
    expect(await AccessToken.objects.count()).toBe(0)
  })

  test.for(['posts:*', 'posts:read', { '*': true }, 1])('with %j for its scopes has none', async (scopes) => {
    const { text, token } = await createToken(ann, { name: 'test' })
    await AccessToken.objects.filter({ id: token.id }).update({ scopes: scopes as never })
    expect((await client(`Bearer ${text}`).get('/api/read/')).status).toBe(403)
  })

  test('may be used for its scopes alone', async () => {
    const [reads, all, nothing] = [await bearer(), await bearer({ scopes: ['*'] }), await bearer({ scopes: [] })]
    for (const [one, path, status] of [
      [reads, '/api/me/', 200],
      [reads, '/api/read/', 200],
      [reads, '/api/both/', 403],
      [all, '/api/both/', 200],
      [nothing, '/api/me/', 200],
      [nothing, '/api/read/', 403],
    ] as const) {
      expect((await one.get(path)).status).toBe(status)
    }
    const refused = await reads.get('/api/both/')
    expect(refused.headers.getAll('WWW-Authenticate')).toEqual([
      'Bearer realm="api", error="insufficient_scope", error_description="The token may not be used for this: it takes posts:read and posts:write.", scope="posts:read posts:write"',
    ])
    expect(refused.json()).toMatchObject({ error: 'insufficient_scope' })
    const permission = await Permission.objects.get({ codename: 'add_user' })
    const writes = await bearer({ scopes: ['posts:write'] })
    expect((await writes.get('/api/add/')).status).toBe(403)
    await ann.userPermissions.add(permission)
    expect((await writes.get('/api/add/')).status).toBe(200)
  })

  test('guards classes as it guards functions, with their names and parameters', async () => {
    const writes = await bearer({ scopes: ['posts:write'] })
    for (const path of ['/api/posts/7/', '/api/class/7/']) {
      expect((await writes.get(path)).text()).toBe('post 7')
      expect((await writes.post(path)).text()).toBe('changed by ann')
      expect((await client().post(path)).status).toBe(401)
      expect((await (await bearer()).post(path)).status).toBe(403)
    }
  })

  test('opens no page that does not ask for it', async () => {
    const all = await bearer({ scopes: ['*'] })
    expect((await all.get('/page/')).status).toBe(302)
    expect((await all.get('/anybody/')).json()).toMatchObject({ user: 'AnonymousUser', scheme: null })
    expect((await all.post('/accounts/password_change/')).status).toBe(403)
  })

  test('needs no CSRF token, and has nothing of the cookies that came along', async () => {
    const { text } = await createToken(ann, { name: 'test', scopes: ['posts:write'] })
    const ben = await User.objects.createUser({ username: 'ben' })
    const browser = client()
    await browser.forceLogin(ben)
    await browser.get('/colour/')
    const headers = { Authorization: `Bearer ${text}`, Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }
    const before = browser.cookies.all().length
    const answer = await browser.post('/api/either/', { headers })
    expect(answer.json()).toEqual({ user: 'ann', scheme: 'bearer', scopes: ['posts:write'], session: null, cookies: 0 })
    expect(answer.cookies.size).toBe(0)
    expect(browser.cookies.all()).toHaveLength(before)
    expect((await browser.get('/anybody/')).json()).toMatchObject({ user: 'ben', session: 'green' })
  })

  test('is needed where a cookie is not enough', async () => {
    const browser = await loggedIn()
    expect((await browser.get('/api/me/')).status).toBe(401)
    expect((await browser.post('/api/me/')).status).toBe(401)
  })

  test('or a log-in: with a CSRF token', async () => {
    const browser = await loggedIn()
    expect((await browser.get('/api/either/')).json()).toMatchObject({ user: 'ann', scheme: null, session: 'green' })
    expect((await browser.post('/api/either/')).status).toBe(403)
    const csrf = (await browser.get('/form/')).text()
    const headers = { 'X-CSRFToken': csrf, Origin: 'https://example.com' }
    expect((await browser.post('/api/either/', { headers })).json()).toMatchObject({ user: 'ann' })
    expect(
      (await browser.post('/api/either/', { headers: { ...headers, Origin: 'https://evil.example' } })).status,
    ).toBe(403)
    const nobody = await client().get('/api/either/')
    expect(nobody.status).toBe(401)
    expect(nobody.headers.get('Vary')).toMatch(/\bAuthorization\b/)
    // A token that is wrong is not made good by a cookie.
    expect((await browser.get('/api/either/', { headers: { Authorization: 'Bearer x' } })).status).toBe(401)
    expect((await (await bearer()).get('/api/either/')).status).toBe(403)
  })

  test('is said of every answer: an error behind the guard varies too', async () => {
    const missing = await (await bearer()).get('/api/missing/')
    expect(missing.status).toBe(404)
    expect(missing.headers.get('Vary')).toMatch(/\bAuthorization\b/)
    expect((await client().get('/')).headers.get('Vary') ?? '').not.toContain('Authorization')
  })

  test('costs two queries, and a third once a minute', async () => {
    const one = await bearer()
    await assertNumQueries(3, () => one.get('/api/read/'))
    await assertNumQueries(2, () => one.get('/api/read/'))
    const { lastUsed } = await AccessToken.objects.get()
    vi.useFakeTimers({ toFake: ['Date', 'Temporal'] as never, now: Date.now() + 61_000 })
    await assertNumQueries(3, () => one.get('/api/read/'))
    expect((await AccessToken.objects.get()).lastUsed!.since(lastUsed!).total('seconds')).toBeGreaterThan(60)
    // What only looks like a token costs none.
    await assertNumQueries(0, () => client('Bearer nuages_x').get('/api/read/'))
  })

  test('is not taken over plain HTTP', async () => {
    const { text } = await createToken(ann, { name: 'test', scopes: ['*'] })
    const plain = await client(`Bearer ${text}`, { secure: false }).get('/api/me/')
    expect(plain.status).toBe(403)
    expect(plain.json()).toMatchObject({ error: 'invalid_request' })
    expect((await AccessToken.objects.get()).lastUsed).toBeNull()
  })

  test('that is wrong too often keeps its client out, and no other', async () => {
    const wrong = client('Bearer nuages_x', { clientAddress: '192.0.2.1' })
    const statuses: number[] = []
    for (let times = 0; times < 32; times++) statuses.push((await wrong.get('/api/me/')).status)
    expect(statuses).toEqual([...Array.from({ length: 30 }, () => 401), 429, 429])
    const answer = await wrong.get('/api/me/')
    expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0)
    expect((await client('Bearer nuages_x', { clientAddress: '192.0.2.2' }).get('/api/me/')).status).toBe(401)
    // Who has the right one is not kept out by a neighbour's mistakes.
    const { text } = await createToken(ann, { name: 'test' })
    expect((await client(`Bearer ${text}`, { clientAddress: '192.0.2.1' }).get('/api/me/')).status).toBe(200)
  })

  test.for([
    [{ name: '' }, 'a name of 1 to 100 characters'],
    [{ name: 'x'.repeat(101) }, 'a name of 1 to 100 characters'],
    [{ scopes: ['a b'] }, "'a b' cannot be a scope"],
    [{ scopes: ['a"b'] }, 'cannot be a scope'],
    [{ scopes: [''] }, 'cannot be a scope'],
    [{ expires: Temporal.Instant.from('2020-01-01T00:00Z') }, 'that is over'],
    [{ expires: Temporal.Duration.from({ hours: -1 }) }, 'that is over'],
  ] as const)('cannot be made of %j', async ([options, message]) => {
    await expect(createToken(ann, { name: 'x', ...options })).rejects.toThrow(InvalidToken)
    await expect(createToken(ann, { name: 'x', ...options })).rejects.toThrow(message)
    expect(() => tokenRequired('a "b"')).toThrow(InvalidToken)
  })

  test('passes the checks of a deployment', async () => {
    expect(await runChecks({ deploy: true, tags: ['tokens'] })).toEqual([])
  })
})

describe('a password', () => {
  beforeAll(() => open({ tokens: { basic: true, realm: 'the api' } }))
  beforeEach(reset)
  afterAll(close)

  test('does where the settings say so', async () => {
    const answer = await client(basic('ann', 'correct horse')).get('/api/both/')
    expect(answer.json()).toMatchObject({ user: 'ann', scheme: 'basic', scopes: ['*'], session: null })
    expect(answer.cookies.size).toBe(0)
    await User.objects.createUser({ username: 'zoë', password: 'pass:wörd:🌦' })
    expect((await client(basic('zoë', 'pass:wörd:🌦')).post('/api/me/')).status).toBe(200)
  })

  test.for([
    ['wrong', basic('ann', 'wrong')],
    ['of nobody', basic('eve', 'correct horse')],
    ['no base64', 'Basic ***'],
    ['without a colon', `Basic ${Buffer.from('ann').toString('base64')}`],
    ['no UTF-8', `Basic ${Buffer.from([0x61, 0x3a, 0xff]).toString('base64')}`],
    ['empty', 'Basic'],
  ] as const)('that is %s is answered alike', async ([, header]) => {
    const answer = await client(header).get('/api/me/')
    expect(answer.status).toBe(401)
    expect(answer.headers.getAll('WWW-Authenticate')).toEqual([
      'Bearer realm="the api", error="invalid_token", error_description="Username and password are not right."',
      'Basic realm="the api", charset="UTF-8"',
    ])
  })

  test('is asked for together with a token', async () => {
    expect((await client().get('/api/me/')).headers.getAll('WWW-Authenticate')).toEqual([
      'Bearer realm="the api"',
      'Basic realm="the api", charset="UTF-8"',
    ])
  })

  test('of who may not log in is none', async () => {
    ann.isActive = false
    await ann.save()
    expect((await client(basic('ann', 'correct horse')).get('/api/me/')).status).toBe(401)
  })

  test('is not enough for who logs in with more', async () => {
    const step = { app: 'tokens', pageFor: async () => '/code/' as string | undefined }
    registerLoginStep(step)
    const answer = await client(basic('ann', 'correct horse')).get('/api/me/')
    expect(answer.status).toBe(401)
    expect((answer.json() as { error_description: string }).error_description).toContain('a token is needed')
    step.pageFor = async () => undefined
    expect((await client(basic('ann', 'correct horse')).get('/api/me/')).status).toBe(200)
  })

  test('that a browser has kept is not taken from a page of another site', async () => {
    const kept = basic('ann', 'correct horse')
    const send = (headers: Record<string, string>, path = '/api/me/') =>
      client(undefined, { headers: { Authorization: kept, ...headers } }).post(path)
    for (const headers of [
      { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' },
      { 'Sec-Fetch-Site': 'cross-site', Origin: 'null' },
      { 'Sec-Fetch-Site': 'same-site', Origin: 'https://other.example.com' },
      { Origin: 'https://evil.example' },
    ]) {
      for (const path of ['/api/me/', '/api/either/']) {
        const answer = await send(headers, path)
        expect([path, answer.status, answer.json()]).toMatchObject([path, 403, { error: 'invalid_request' }])
      }
    }
    for (const headers of [
      {},
      { 'Sec-Fetch-Site': 'same-origin', Origin: 'https://example.com' },
      { Origin: 'https://example.com' },
    ])
      expect((await send(headers)).status).toBe(200)
    // What only reads changes nothing, and no other site sees the answer.
    const page = client(kept, { headers: { Authorization: kept, 'Sec-Fetch-Site': 'cross-site' } })
    expect((await page.get('/api/me/')).status).toBe(200)
    // No browser sends a token of its own accord.
    const { text } = await createToken(ann, { name: 'test' })
    const script = { Authorization: `Bearer ${text}`, 'Sec-Fetch-Site': 'cross-site', Origin: 'https://app.example' }
    expect((await client(undefined, { headers: script }).post('/api/me/')).status).toBe(200)
  })

  test('cannot be guessed for long', async () => {
    let status = 401
    let tries = 0
    for (; status === 401 && tries < 40; tries++)
      status = (await client(basic('ann', `guess ${tries}`)).get('/api/me/')).status
    expect(status).toBe(429)
    expect((await client(basic('ann', 'correct horse')).get('/api/me/')).status).toBe(429)
  })
})

describe('while developing', () => {
  beforeAll(() => open({ debug: true, tokens: { prefix: 'acme', failures: false, lifetime: null } }))
  beforeEach(reset)
  afterAll(close)

  test('plain HTTP does, and tokens are called as the settings say', async () => {
    const { text, token } = await createToken(ann, { name: 'test' })
    expect(text).toMatch(/^acme_/)
    expect(token.expires).toBeNull()
    expect((await client(`Bearer ${text}`, { secure: false }).get('/api/me/')).status).toBe(200)
    for (let times = 0; times < 40; times++) {
      expect((await client('Bearer acme_x', { secure: false }).get('/api/me/')).status).toBe(401)
    }
  })

  test('a deployment like this is warned of', async () => {
    expect((await runChecks({ deploy: true, tags: ['tokens'] })).map(({ id }) => id)).toEqual([
      'tokens.W001',
      'tokens.W002',
      'tokens.W003',
    ])
  })

  test('settings that cannot be are told', () => {
    expect(() => projectSettings({ tokens: { prefix: 'A b' } })).toThrow('tokens.prefix')
    expect(() => projectSettings({ tokens: { realm: 'a"b' } })).toThrow('tokens.realm')
    expect(() => projectSettings({ tokens: { failures: 'often' } })).toThrow('tokens.failures')
    expect(() => projectSettings({ tokens: { basics: true } })).toThrow('basics')
  })
})
