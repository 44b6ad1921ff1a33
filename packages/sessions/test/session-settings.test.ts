import { createApplication, resetSetup, runChecks, type Settings } from '@nuages/core'
import { Client, TestDatabase } from '@nuages/testing'
import { afterEach, describe, expect, test } from 'vitest'
import { Session } from '../src/index.ts'
import { projectSettings } from './project/settings.ts'

let database: TestDatabase | undefined
afterEach(async () => {
  await database?.close()
  await resetSetup()
})

async function visitor(sessions: object, secure = false): Promise<Client> {
  const settings = projectSettings({ sessions }) as Settings
  database = await TestDatabase.create(settings)
  await database.reset()
  return new Client(await createApplication(settings), { secure })
}

describe('the cookie', () => {
  test('is Secure where the request came over HTTPS', async () => {
    const client = await visitor({}, true)
    expect((await client.get('/visit/')).cookies.get('sessionid')).toMatchObject({ secure: true })
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

test('what makes the cookie weaker is found before it goes online', async () => {
  await visitor({ cookieSecure: false, cookieHttpOnly: false })
  const found = await runChecks({ deploy: true, tags: ['sessions'] })
  expect(found.map(({ id }) => id)).toEqual(['security.W012', 'security.W015'])
  expect(await runChecks({ tags: ['sessions'] })).toEqual([])
})

test('a setting that is none, or wrong, is told', () => {
  expect(() => projectSettings({ sessions: { cookieAge: -1 } })).toThrow('sessions.cookieAge')
  expect(() => projectSettings({ sessions: { cookiName: 'x' } })).toThrow('cookiName')
  expect(() => projectSettings({ sessions: { cookieName: 'a b' } })).toThrow('is no name of a cookie')
})
