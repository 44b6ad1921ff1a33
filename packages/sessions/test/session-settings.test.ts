import { createApplication, resetSetup, runChecks, type Settings, setup } from '@nuages/core'
import { Client, TestDatabase } from '@nuages/testing'
import { afterEach, describe, expect, test } from 'vitest'
import { Session } from '../src/index.ts'
import { projectSettings } from './project/settings.ts'

let database: TestDatabase | undefined
let running: Settings | undefined
afterEach(async () => {
  await database?.close()
  await resetSetup()
})

async function visitor(sessions: object, secure = false): Promise<Client> {
  const settings = projectSettings({ sessions }) as Settings
  running = settings
  database = await TestDatabase.create(settings)
  await database.reset()
  return new Client(await createApplication(settings), { secure })
}

describe('the cookie', () => {
  test('is Secure where the request came over HTTPS, and of this host alone by its name', async () => {
    const client = await visitor({}, true)
    const { cookies } = await client.get('/visit/')
    expect([...cookies.keys()]).toEqual(['__Host-sessionid'])
    expect(cookies.get('__Host-sessionid')).toMatchObject({ secure: true, path: '/', httpOnly: true, sameSite: 'lax' })
    expect(cookies.get('__Host-sessionid')).not.toHaveProperty('domain')
    expect((await client.get('/visit/')).json()).toEqual({ visits: 2 })
    // One that a subdomain, or a plain page, could have planted is not looked at.
    const planted = new Client(await createApplication(running!), { secure: true })
    planted.cookies.set('sessionid', client.cookies.get('__Host-sessionid')!)
    expect((await planted.get('/show/')).json()).toEqual({})
    await client.get('/do/flush/')
    expect(client.cookies.has('__Host-sessionid')).toBe(false)
  })

  test.for([
    ['a path', { cookiePath: '/visit/' }, 'sessionid'],
    ['a domain', { cookieDomain: 'localhost' }, 'sessionid'],
    ['no Secure', { cookieSecure: false }, 'sessionid'],
    ['a name', { cookieName: 'sid' }, 'sid'],
  ] as const)('has a plain name where the settings give it %s', async ([, sessions, name]) => {
    const client = await visitor(sessions, true)
    expect([...(await client.get('/visit/')).cookies.keys()]).toEqual([name])
  })

  test('is partitioned where the settings say so', async () => {
    const client = await visitor({ cookiePartitioned: true, cookieSameSite: 'none' }, true)
    const [line] = (await client.get('/visit/')).headers.getAll('Set-Cookie')
    expect(line).toMatch(/; Partitioned/)
    expect(line).toMatch(/; Secure/)
  })

  test('goes with Lax, HttpOnly and for two weeks, unless it is said otherwise', async () => {
    const client = await visitor({ cookieSameSite: false })
    const [line] = (await client.get('/visit/')).headers.getAll('Set-Cookie')
    expect(line).toMatch(/^sessionid=[a-z0-9]{32}; Max-Age=1209600; Path=\/; Expires=[^;]+ GMT; HttpOnly$/)
  })

  test('is as the settings say, also when it is taken back', async () => {
    const client = await visitor({
      cookieName: 'sid',
      cookieAge: 60,
      cookieDomain: 'localhost',
      cookiePath: '/visit/',
      cookieSecure: true,
      cookieHttpOnly: false,
      cookieSameSite: 'none',
    })
    const { cookies } = await client.get('/visit/')
    const expected = { domain: 'localhost', path: '/visit/', secure: true, sameSite: 'none' }
    expect(cookies.get('sid')).toMatchObject({ ...expected, maxAge: 60 })
    expect(cookies.get('sid')).not.toHaveProperty('httpOnly')
    const row = await Session.objects.get()
    expect(row.expireDate.since(Temporal.Now.instant()).total('seconds')).toBeLessThanOrEqual(60)
    await Session.objects.all().delete()
    client.cookies.set('sid', row.sessionKey)
    expect((await client.get('/show/')).cookies.get('sid')).toMatchObject({ ...expected, maxAge: 0 })
  })

  test('ends with the browser where the settings say so', async () => {
    const client = await visitor({ expireAtBrowserClose: true })
    expect((await client.get('/visit/')).cookies.get('sessionid')).not.toHaveProperty('maxAge')
  })
})

test('saveEveryRequest lets a session last anew with each request, and makes none', async () => {
  const client = await visitor({ saveEveryRequest: true })
  expect((await client.get('/')).cookies.size).toBe(0)
  await client.get('/visit/')
  await Session.objects.all().update({ expireDate: Temporal.Now.instant().add({ seconds: 5 }) })
  const response = await client.get('/')
  expect(response.cookies.has('sessionid')).toBe(true)
  expect(response.headers.get('Vary')).toBe('Cookie')
  const { expireDate } = await Session.objects.get()
  expect(expireDate.since(Temporal.Now.instant()).total('hours')).toBeGreaterThan(300)
})

async function deployFindings(sessions: object, changes: object = {}): Promise<string[]> {
  const settings = projectSettings({ sessions, ...changes }) as Settings
  await resetSetup()
  await setup(settings)
  return (await runChecks({ deploy: true, tags: ['sessions'] })).map(({ id }) => id)
}

test('what makes the cookie weaker is found before it goes online', async () => {
  expect(await deployFindings({})).toEqual([])
  expect(await deployFindings({ cookieSecure: false, cookieHttpOnly: false })).toEqual([
    'security.W012',
    'security.W015',
  ])
  expect(await runChecks({ tags: ['sessions'] })).toEqual([])
  const refused = { cookieSecure: false, cookieSameSite: 'none' }
  expect(await deployFindings(refused)).toEqual(['security.W012', 'sessions.W004', 'sessions.W003'])
  expect(await deployFindings({ cookieSameSite: false })).toEqual(['sessions.W004'])
  expect(await deployFindings({ cookieSameSite: 'none', cookiePartitioned: true })).toEqual([])
  expect(await deployFindings({ cookieSecure: false, cookiePartitioned: true })).toContain('sessions.W003')
})

test('a cache that forgets who was logged out is found', async () => {
  expect(await deployFindings({ engine: 'cache' })).toEqual(['sessions.W001'])
  expect(await deployFindings({ engine: 'cachedDatabase' })).toEqual(['sessions.W001'])
  expect(await deployFindings({ engine: 'database' })).toEqual([])
  expect(await deployFindings({ engine: 'cache', cacheAlias: 'sesions' })).toEqual(['sessions.E001'])
})

test('a folder of sessions that is served is found', async () => {
  const settings = { mediaRoot: 'media', staticRoot: 'public' }
  expect(await deployFindings({ engine: 'file' }, settings)).toEqual([])
  expect(await deployFindings({ engine: 'file', filePath: 'media/sessions' }, settings)).toEqual(['sessions.E002'])
  expect(await deployFindings({ engine: 'file', filePath: 'public' }, settings)).toEqual(['sessions.E002'])
  expect(await deployFindings({ engine: 'file', filePath: 'media-sessions' }, settings)).toEqual([])
})

test('a setting that is none, or wrong, is told', () => {
  expect(() => projectSettings({ sessions: { cookieAge: -1 } })).toThrow('sessions.cookieAge')
  expect(() => projectSettings({ sessions: { cookiName: 'x' } })).toThrow('cookiName')
  expect(() => projectSettings({ sessions: { cookieName: 'a b' } })).toThrow('is no name of a cookie')
  expect(() => projectSettings({ sessions: { engine: 'redis' } })).toThrow('takes database, cache, cachedDatabase')
})
