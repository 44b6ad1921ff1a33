import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CacheUnavailable, caches, openCache } from '@nuages/cache'
import { closeDatabases, configureDatabases, OperationalError } from '@nuages/orm'
import { assertNumQueries, Client } from '@nuages/testing'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { FileRecords } from '../../src/engines/file-records.ts'
import { Session, SessionStore, SessionTooBig, sessionEngine } from '../../src/index.ts'
import { type EngineProject, openProject } from './engine-project.ts'
import { redisUrl } from './redis.ts'
import { redisProxy } from './redis-proxy.ts'

let project: EngineProject | undefined
afterEach(async () => {
  await project?.close()
  project = undefined
})

async function made(values: Readonly<Record<string, unknown>>): Promise<string> {
  const store = new SessionStore()
  for (const [key, value] of Object.entries(values)) await store.set(key, value)
  await store.save()
  return store.sessionKey!
}

describe('sessions in files', () => {
  const open = async () => {
    project = await openProject({ title: 'file', sessions: { engine: 'file' } })
    return join(project.folder, 'kept')
  }

  test('are for this user alone', async () => {
    const root = await open()
    const key = await made({ a: 1 })
    await new SessionStore(key).set('a', 2)
    const modes = [root, join(root, key), join(root, key, 'data')].map((path) => statSync(path).mode & 0o777)
    expect(modes).toEqual([0o700, 0o700, 0o600])
    expect(readFileSync(join(root, key, 'data'), 'utf8')).toMatch(/^\d{13}\n[\w-]+:[\w-]+:[\w-]+$/)
    expect(readdirSync(join(root, key))).toEqual(['data'])
  })

  test.for([
    '../../../etc/passwd',
    '..',
    '.',
    '',
    '/etc',
    'a/b/c/d/e/f/g',
    'a'.repeat(41),
    'abcdefgh\u0000',
    'ABCDEFGHIJ',
  ])('are not looked for elsewhere: %j', async (key) => {
    const records = new FileRecords(await open())
    await expect(records.read(key)).rejects.toThrow('is no key of a session')
    await expect(records.remove(key)).rejects.toThrow('is no key of a session')
    expect(await sessionEngine().load(key)).toBeUndefined()
  })

  test('that a process left half made, or half removed, are cleared away', async () => {
    const root = await open()
    const kept = await made({ a: 1 })
    const [old, fresh] = ['a'.repeat(32), 'b'.repeat(32)]
    for (const name of [old, fresh, '.trash-x']) mkdirSync(join(root, name))
    utimesSync(join(root, old), 0, 0)
    writeFileSync(join(root, 'README'), 'not a session')
    expect(await sessionEngine().deleteExpired()).toBe(1)
    expect(readdirSync(root).sort()).toEqual([kept, fresh, 'README'].sort())
  })

  test('that cannot be read as ours are those of nobody', async () => {
    const root = await open()
    const key = await made({ a: 1 })
    for (const text of ['', 'x', `${Date.now() + 10_000}\n`, `${Date.now() + 10_000}\neyJhIjoyfQ:1r31eq:x`]) {
      writeFileSync(join(root, key, 'data'), text)
      expect(await new SessionStore(key).keys()).toEqual([])
    }
  })

  test('cannot be kept where nobody may write, which is told', async () => {
    const root = await open()
    rmSync(root, { recursive: true, force: true })
    writeFileSync(root, 'a file in its place')
    await expect(made({ a: 1 })).rejects.toThrow(/EEXIST|ENOTDIR/)
  })
})

describe('sessions in cookies', () => {
  const open = async (changes: object = {}) => {
    project = await openProject({ title: 'signedCookies', sessions: { engine: 'signedCookies' } }, changes)
  }

  test('need no database', async () => {
    await open()
    await closeDatabases()
    configureDatabases({ default: 'sqlite:/nowhere/at/all.sqlite3' })
    const client = new Client(project!.application)
    await client.get('/visit/')
    expect((await client.get('/visit/')).json()).toEqual({ visits: 2 })
  })

  test('that are too big are an error which says what is', async () => {
    await open()
    const fits = Array.from({ length: 3800 }, (_, i) => ((i * 7919) % 36).toString(36)).join('')
    expect((await made({ fits: fits.slice(0, 100) })).length).toBeLessThan(4096)
    const store = new SessionStore()
    await store.set(
      'cart',
      Array.from({ length: 500 }, () => Math.random()),
    )
    await store.set('name', 'Ann')
    await expect(store.save()).rejects.toThrow(SessionTooBig)
    await expect(store.save()).rejects.toThrow(
      /^The session does not fit into its cookie: \d+ bytes with the name, and browsers keep 4096\. The most is under 'cart' \(\d+ characters of JSON\)\.$/,
    )
    const client = new Client(project!.application)
    const json = { big: Array.from({ length: 500 }, () => Math.random()) }
    await expect(client.put('/put/', { json })).rejects.toThrow(SessionTooBig)
    expect((await client.put('/put/', { json, raiseRequestException: false })).status).toBe(500)
    expect(client.cookies.all()).toEqual([])
  })

  test('may fill a cookie to its last byte', async () => {
    await open()
    const engine = sessionEngine()
    const random = (length: number) =>
      Array.from({ length }, () => String.fromCharCode(33 + Math.floor(Math.random() * 90))).join('')
    const expires = Temporal.Now.instant()
    let [fits, tooLong] = [0, 6000]
    const text = random(6000)
    while (tooLong - fits > 1) {
      const tried = Math.floor((fits + tooLong) / 2)
      const key = await engine.create(undefined, new Map([['t', text.slice(0, tried)]]), expires).catch(() => undefined)
      if (key === undefined) tooLong = tried
      else {
        expect('__Host-sessionid'.length + key.length).toBeLessThanOrEqual(4096)
        expect(engine.isKey(key)).toBe(true)
        fits = tried
      }
    }
    expect(fits).toBeGreaterThan(2500)
  })

  test.for(['changed', 'cut', 'of another salt', 'of another key'] as const)(
    'that were not signed here are none: %s',
    async (how) => {
      await open()
      const { dumps } = await import('@nuages/core')
      const salt = 'django.contrib.sessions.backends.signed_cookies'
      const key = await made({ a: 1 })
      const forged = {
        changed: `${Buffer.from('{"a":2}').toString('base64url')}${key.slice(key.indexOf(':'))}`,
        cut: key.slice(0, -1),
        'of another salt': dumps({ a: 2 }, { salt: 'django.contrib.sessions.SessionStore' }),
        'of another key': dumps({ a: 2 }, { salt, key: 'another-key-0123456789-abcdefghijkl' }),
      }[how]
      expect(await new SessionStore(forged).get('a')).toBeUndefined()
      expect(await new SessionStore(dumps({ a: 2 }, { salt })).get('a')).toBe(2)
    },
  )

  test('last anew with every request where the settings say so', async () => {
    await open({ saveEveryRequest: true, cookieAge: 60 })
    const client = new Client(project!.application)
    await client.get('/visit/')
    vi.useFakeTimers({ toFake: ['Date', 'Temporal'] as never, now: Date.now() })
    try {
      for (let times = 0; times < 3; times++) {
        vi.setSystemTime(Date.now() + 50_000)
        await client.get('/')
      }
      expect((await client.get('/show/')).json()).toEqual({ visits: 1 })
      vi.setSystemTime(Date.now() + 62_000)
      expect((await client.get('/show/')).json()).toEqual({})
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('sessions in the database behind a cache', () => {
  const open = async () => {
    project = await openProject({ title: 'both', sessions: { engine: 'cachedDatabase' }, cache: 'memory:' })
  }

  test('are read from the database once', async () => {
    await open()
    const key = await made({ a: 1 })
    await assertNumQueries(2, () => new SessionStore(key).get('a'))
    expect(await assertNumQueries(0, () => new SessionStore(key).get('a'))).toBe(1)
    await caches.get().clear()
    expect(await new SessionStore(key).get('a')).toBe(1)
  })

  test('are in both what was written last', async () => {
    await open()
    const key = await made({ a: 1 })
    const store = new SessionStore(key)
    await store.set('a', 2)
    await store.save()
    expect(await assertNumQueries(0, () => new SessionStore(key).get('a'))).toBe(2)
    await caches.get().clear()
    expect(await new SessionStore(key).get('a')).toBe(2)
  })

  test('that another process ended are gone with the next write', async () => {
    await open()
    const key = await made({ a: 1 })
    const store = new SessionStore(key)
    await store.set('a', 2)
    await Session.objects.all().delete()
    await expect(store.save()).rejects.toThrow('deleted before the request ended')
    expect(await new SessionStore(key).get('a')).toBeUndefined()
  })
})

describe('what is down', () => {
  test('a database: an error, and the cookie stays', async () => {
    project = await openProject({ title: 'both', sessions: { engine: 'cachedDatabase' }, cache: 'memory:' })
    const client = new Client(project.application)
    await client.get('/visit/')
    await client.get('/show/')
    const key = client.cookies.get('sessionid')!
    await closeDatabases()
    configureDatabases({ default: 'sqlite:/nowhere/at/all.sqlite3' })
    // The cache has it.
    expect((await client.get('/show/')).json()).toEqual({ visits: 1 })
    await expect(client.get('/visit/')).rejects.toThrow(OperationalError)
    expect((await client.get('/visit/', { raiseRequestException: false })).status).toBe(500)
    expect(client.cookies.get('sessionid')).toBe(key)
    // What could not be written is nowhere.
    await expect(new SessionStore(key).get('visits')).rejects.toThrow(OperationalError)
  })
})

const proxies = [await redisProxy(), await redisProxy()].filter((proxy) => proxy !== undefined)

// What was kept before they were cut is there yet.
afterAll(async () => {
  const url = await redisUrl()
  if (url === undefined) return
  const cache = openCache(url)
  await cache.clear()
  await cache.close()
})

describe.for(proxies.slice(0, 1))('a Redis that goes down', (proxy) => {
  test('is an error where sessions are kept there alone', async () => {
    project = await openProject({ title: 'cache', sessions: { engine: 'cache' }, cache: proxy.url })
    const key = await made({ a: 1 })
    await proxy.cut()
    await expect(new SessionStore(key).get('a')).rejects.toThrow(CacheUnavailable)
    await expect(made({ a: 1 })).rejects.toThrow(CacheUnavailable)
  })
})

describe.for(proxies.slice(1))('a Redis that goes down before the database', (proxy) => {
  test('lets sessions be read and written, and none be ended', async () => {
    project = await openProject({ title: 'both', sessions: { engine: 'cachedDatabase' }, cache: proxy.url })
    const key = await made({ a: 1 })
    const store = new SessionStore(key)
    expect(await store.get('a')).toBe(1)
    await proxy.cut()
    await store.set('a', 2)
    await store.save()
    expect(await new SessionStore(key).get('a')).toBe(2)
    // Redis has it yet, and would give it again when it is back.
    await expect(new SessionStore(key).flush()).rejects.toThrow(CacheUnavailable)
  })
})

test("an engine of the project's own", async () => {
  const kept = new Map<string, Map<string, unknown>>()
  const engine = {
    name: 'mine',
    canDelete: true,
    isKey: (text: string) => text.startsWith('mine-'),
    newKey: () => `mine-${kept.size}`,
    load: async (key: string) => kept.get(key),
    create: async (key: string | undefined, entries: ReadonlyMap<string, unknown>) => {
      kept.set(key ?? 'mine-new', new Map(entries))
      return key ?? 'mine-new'
    },
    update: async (key: string, entries: ReadonlyMap<string, unknown>) => {
      kept.set(key, new Map(entries))
      return key
    },
    delete: async (key: string) => {
      kept.delete(key)
    },
    deleteExpired: async () => undefined,
  }
  project = await openProject({ title: 'own', sessions: { engine: engine as never } })
  const client = new Client(project.application)
  await client.get('/visit/')
  expect((await client.get('/visit/')).json()).toEqual({ visits: 2 })
  expect([...kept]).toEqual([['mine-new', new Map([['visits', 2]])]])
  await client.get('/do/flush/')
  expect(kept.size).toBe(0)
})
