import { createApplication, runChecks, type Settings } from '@nuages/core'
import { closeDatabases, OperationalError } from '@nuages/orm'
import { assertNumQueries, Client, type DatabaseFixtures, testDatabase } from '@nuages/testing'
import type { Application } from 'nuages/gateway'
import { test as base, beforeAll, describe, expect, vi } from 'vitest'
import { Session, SessionStore, SessionValueError, sessionOf } from '../src/index.ts'
import settings from './project/settings.ts'
import { meanwhile } from './project/urls.ts'

const test = base.extend<DatabaseFixtures>(testDatabase(settings as Settings))

let application: Application
beforeAll(async () => {
  application = await createApplication(settings)
})

async function visitor(): Promise<Client> {
  const client = new Client(application)
  await client.get('/visit/')
  return client
}

describe('a session', () => {
  test('remembers, in a row as Django has it', async () => {
    const client = new Client(application)
    const first = await client.get('/visit/')
    expect(first.json()).toEqual({ visits: 1 })
    expect(first.headers.get('Vary')).toBe('Cookie')
    expect(first.cookies.get('sessionid')).toMatchObject({
      httpOnly: true,
      sameSite: 'lax',
      path: '/',
      maxAge: 1_209_600,
    })
    expect(first.cookies.get('sessionid')).not.toHaveProperty('secure')
    expect((await client.get('/visit/')).json()).toEqual({ visits: 2 })
    const row = await Session.objects.get()
    expect(row.sessionKey).toBe(client.cookies.get('sessionid'))
    expect(row.sessionKey).toMatch(/^[a-z0-9]{32}$/)
    expect(row.sessionData).toMatch(/^[\w-]+:[\w-]+:[\w-]+$/)
    const days = row.expireDate.since(Temporal.Now.instant()).total('hours') / 24
    expect(days).toBeGreaterThan(13.9)
    expect(days).toBeLessThanOrEqual(14)
  })

  test('costs nothing before it is touched', async () => {
    const client = await visitor()
    const untouched = await assertNumQueries(0, () => client.get('/'))
    expect(untouched.headers.has('Vary')).toBe(false)
    expect(untouched.cookies.size).toBe(0)
    // The key alone needs no query either, and the page depends on it.
    const key = await assertNumQueries(0, () => client.get('/key/'))
    expect(key.text()).toBe(client.cookies.get('sessionid'))
    expect(key.headers.get('Vary')).toBe('Cookie')
    // One that is only read is read once, not written, and sets no cookie.
    const shown = await assertNumQueries(1, () => client.get('/show/'))
    expect(shown.json()).toEqual({ visits: 1 })
    expect(shown.cookies.size).toBe(0)
    // One that is empty is not made.
    const nobody = await assertNumQueries(0, () => new Client(application).get('/show/'))
    expect(nobody.cookies.size).toBe(0)
    expect(await Session.objects.count()).toBe(1)
  })

  test('is its own for each visitor', async () => {
    const [ann, ben] = [await visitor(), await visitor()]
    await ann.get('/visit/')
    expect((await ben.get('/visit/')).json()).toEqual({ visits: 2 })
    expect(await Session.objects.count()).toBe(2)
  })

  test('keeps what JSON can hold, changed inside or not, and says what it cannot', async () => {
    const client = new Client(application)
    const values = { basket: { items: ['Äpfel', '🍐'] }, n: 1.5, no: null, ['__proto__']: 'x', flag: false }
    await client.put('/put/', { json: values })
    expect((await client.get('/show/')).json()).toEqual(values)
    await client.get('/grow/')
    expect((await client.get('/show/')).json()).toMatchObject({ basket: { items: ['Äpfel', '🍐', 'pear'] } })

    const store = new SessionStore()
    await expect(store.set('born', new Date())).rejects.toThrow(SessionValueError)
    await expect(store.set('born', [{ at: Temporal.Now.instant() }])).rejects.toThrow(
      "A session cannot keep an object of Instant ('born[0].at').",
    )
    await expect(store.set('n', Number.NaN)).rejects.toThrow("the number NaN ('n')")
    await expect(store.set('n', 1n)).rejects.toThrow("a value of type bigint ('n')")
    await expect(store.set('n', undefined)).rejects.toThrow("a value of type undefined ('n')")
    const ring: Record<string, unknown> = {}
    ring['self'] = ring
    await expect(store.set('ring', ring)).rejects.toThrow('an object that holds itself')
    const twice = { a: 1 }
    await store.set('pair', [twice, twice])
    expect(store.modified).toBe(true)
  })

  test('is read in a template', async () => {
    const client = new Client(application)
    await client.put('/put/', { json: { name: '<Ann>' } })
    expect((await client.get('/template/')).text()).toBe('&lt;Ann&gt;')
  })

  test('is not saved when the view fails', async () => {
    const client = await visitor()
    await client.get('/fail/', { raiseRequestException: false })
    expect((await client.get('/show/')).json()).toEqual({ visits: 1 })
    const failed = await new Client(application, { raiseRequestException: false }).get('/fail/')
    expect(failed.cookies.size).toBe(0)
    expect(await Session.objects.count()).toBe(1)
  })
})

describe('the key', () => {
  test('is worth nothing once it was cycled, whatever became of the data', async () => {
    const client = await visitor()
    const former = client.cookies.get('sessionid')!
    await client.get('/forget/')
    expect(await new SessionStore(former).get('visits')).toBeUndefined()
  })

  test('changes with cycleKey, and the data stays', async () => {
    const client = await visitor()
    const before = client.cookies.get('sessionid')!
    await client.get('/do/cycleKey/')
    const after = client.cookies.get('sessionid')!
    expect(after).not.toBe(before)
    expect((await client.get('/show/')).json()).toEqual({ visits: 1 })
    const thief = new Client(application)
    thief.cookies.set('sessionid', before)
    expect((await thief.get('/show/')).json()).toEqual({})
    expect(await Session.objects.valuesList('sessionKey', { flat: true })).toEqual([after])
  })

  test('is gone with flush, at once, and so is the cookie', async () => {
    const client = await visitor()
    const flushed = await client.get('/do/flush/')
    expect(client.cookies.has('sessionid')).toBe(false)
    expect(flushed.cookies.get('sessionid')).toMatchObject({ value: '', maxAge: 0, path: '/' })
    expect(await Session.objects.count()).toBe(0)
  })

  test('clear keeps the key', async () => {
    const client = await visitor()
    const key = client.cookies.get('sessionid')
    await client.get('/do/clear/')
    expect(client.cookies.get('sessionid')).toBe(key)
    expect((await client.get('/show/')).json()).toEqual({})
  })

  test.for([
    ['one that an attacker planted', 'abcdefghijklmnopqrstuvwxyz012345'],
    ['nonsense', "'; DROP TABLE django_session; --"],
    ['nothing', ''],
    ['too long', 'a'.repeat(5000)],
  ])('of a cookie is never taken over: %s', async ([, key]) => {
    const client = new Client(application)
    client.cookies.set('sessionid', key!)
    expect((await client.get('/visit/')).json()).toEqual({ visits: 1 })
    const given = client.cookies.all().filter((cookie) => cookie.name === 'sessionid' && cookie.value !== key)
    expect(given).toHaveLength(1)
    expect(given[0]!.value).toMatch(/^[a-z0-9]{32}$/)
  })

  test('of a session that is no more: the cookie is taken back once it was asked for', async () => {
    const client = await visitor()
    await Session.objects.all().delete()
    expect((await client.get('/')).cookies.size).toBe(0)
    expect((await client.get('/show/')).cookies.get('sessionid')).toMatchObject({ value: '', maxAge: 0 })
    expect(client.cookies.has('sessionid')).toBe(false)
  })
})

describe('two requests at once', () => {
  test('a session that was deleted meanwhile is not brought back', async () => {
    const client = await visitor()
    meanwhile.run = () => Session.objects.all().delete()
    try {
      const late = await client.get('/visit/')
      expect(late.status).toBe(400)
      expect(late.cookies.size).toBe(0)
    } finally {
      meanwhile.run = undefined
    }
    expect(await Session.objects.count()).toBe(0)
    expect((await client.get('/visit/')).json()).toEqual({ visits: 1 })
  })

  test('a key that was cycled meanwhile is not brought back either', async () => {
    const client = await visitor()
    const other = new Client(application)
    other.cookies.set('sessionid', client.cookies.get('sessionid')!)
    meanwhile.run = () => {
      meanwhile.run = undefined
      return other.get('/do/cycleKey/')
    }
    expect((await client.get('/visit/')).status).toBe(400)
    expect(await Session.objects.count()).toBe(1)
  })
})

describe('how long', () => {
  test('the session of another time is none', async () => {
    const client = await visitor()
    await Session.objects.all().update({ expireDate: Temporal.Now.instant().subtract({ seconds: 1 }) })
    expect((await client.get('/show/')).json()).toEqual({})
  })

  test('setExpiry: seconds, until the browser closes, a moment, a duration', async () => {
    const client = new Client(application)
    const hour = await client.put('/expire/', { json: 3600 })
    expect(hour.json()).toEqual({ age: 3600, withBrowser: false })
    expect(hour.cookies.get('sessionid')).toMatchObject({ maxAge: 3600 })
    const browser = await client.put('/expire/', { json: 0 })
    expect(browser.json()).toEqual({ age: 1_209_600, withBrowser: true })
    expect(browser.cookies.get('sessionid')).not.toHaveProperty('maxAge')
    expect(browser.cookies.get('sessionid')).not.toHaveProperty('expires')

    const store = new SessionStore()
    await store.setExpiry(Temporal.Now.instant().add({ minutes: 2 }))
    expect(await store.getExpiryAge()).toBeGreaterThan(117)
    expect(await store.getExpiryAge()).toBeLessThanOrEqual(120)
    await store.setExpiry(Temporal.Duration.from({ minutes: 2 }))
    expect(await store.getExpiryAge()).toBeLessThanOrEqual(120)
    await store.setExpiry(null)
    expect(await store.getExpiryAge()).toBe(1_209_600)
  })

  test('clearsessions deletes what has expired', async () => {
    await visitor()
    await visitor()
    await Session.objects.all().update({ expireDate: Temporal.Now.instant().subtract({ seconds: 1 }) })
    await visitor()
    const { clearsessions } = await import('../src/commands.ts')
    const written: string[] = []
    const stdout = { write: (text: string) => written.push(text) }
    await clearsessions.run({ args: {}, options: {}, stdout, stderr: stdout, settings: settings as never })
    expect(written).toEqual(['Deleted 2 sessions that have expired.\n'])
    expect(await Session.objects.count()).toBe(1)
  })
})

describe('the database', () => {
  const key = 'abcdefghijklmnopqrstuvwxyz012345'

  test("Django's sessions are read, and ours have the same form", async () => {
    const expireDate = Temporal.Now.instant().add({ hours: 1 })
    await Session.objects.create({
      sessionKey: key,
      // Made by Django with this project's key.
      sessionData:
        'eyJfYXV0aF91c2VyX2lkIjoiMSIsImNhcnQiOlsxLDJdLCJuYW1lIjoiWm9cdTAwZWIifQ:1r31eq:nP_tczKbv2m-Lo1ASpFcRd6prqqO3kDlb5zQv0bhW3M',
      expireDate,
    })
    const store = new SessionStore(key)
    expect(await store.get('name')).toBe('Zoë')
    expect(await store.get('cart')).toEqual([1, 2])
    vi.useFakeTimers({ toFake: ['Date'], now: 1_700_000_000_500 })
    try {
      await store.save()
    } finally {
      vi.useRealTimers()
    }
    expect((await Session.objects.get()).sessionData).toBe(
      'eyJfYXV0aF91c2VyX2lkIjoiMSIsImNhcnQiOlsxLDJdLCJuYW1lIjoiWm9cdTAwZWIifQ:1r31eq:nP_tczKbv2m-Lo1ASpFcRd6prqqO3kDlb5zQv0bhW3M',
    )
  })

  test('data that we did not sign is worth nothing', async () => {
    const expireDate = Temporal.Now.instant().add({ hours: 1 })
    await Session.objects.create({ sessionKey: key, sessionData: 'eyJhZG1pbiI6dHJ1ZX0:1r31eq:x', expireDate })
    expect(await new SessionStore(key).keys()).toEqual([])
  })

  test('that is down is an error where it was asked, and nothing elsewhere', async () => {
    const client = await visitor()
    const key = client.cookies.get('sessionid')!
    await closeDatabases()
    const { configureDatabases } = await import('@nuages/orm')
    configureDatabases({ default: 'sqlite:/nowhere/at/all.sqlite3' })
    expect((await client.get('/')).text()).toBe('untouched')
    await expect(client.get('/show/')).rejects.toThrow(OperationalError)
    const failed = await client.get('/visit/', { raiseRequestException: false })
    expect(failed.status).toBe(500)
    expect(client.cookies.get('sessionid')).toBe(key)
  })
})

test('a store by itself: made, saved, found again', async () => {
  const store = new SessionStore()
  expect(await store.isEmpty()).toBe(true)
  await store.set('visits', 3)
  expect(await store.pop('visits')).toBe(3)
  expect(await store.pop('visits')).toBeUndefined()
  await store.set('visits', 4)
  await store.save()
  const again = new SessionStore(store.sessionKey)
  expect(await again.get('visits')).toBe(4)
  expect(await again.has('visits')).toBe(true)
  expect(await again.delete('visits')).toBe(true)
  expect(await again.delete('visits')).toBe(false)
})

test('a request without a session says why', () => {
  expect(() => sessionOf({} as never)).toThrow('before the middleware of the app sessions has run')
})

test('the deployment checks find what was turned off', async () => {
  expect((await runChecks({ deploy: true, tags: ['sessions'] })).map(({ id }) => id)).toEqual([])
})
