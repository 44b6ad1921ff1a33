import { settings } from '@nuages/core'
import { Client } from '@nuages/testing'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { clearsessions } from '../../src/commands.ts'
import { SessionInterrupted, SessionStore, sessionEngine } from '../../src/index.ts'
import { meanwhile } from '../project/urls.ts'
import { type EngineProject, engines, keyedEngines, openProject } from './engine-project.ts'

let project: EngineProject

function opened(engine: (typeof engines)[number]): void {
  beforeAll(async () => {
    project = await openProject(engine)
  })
  afterAll(() => project.close())
}

async function visitor(): Promise<Client> {
  const client = new Client(project.application)
  await client.get('/visit/')
  return client
}

/** Whoever copied the cookie of a visitor. */
function copyOf(client: Client, key = client.cookies.get('sessionid')!): Client {
  const copy = new Client(project.application)
  copy.cookies.set('sessionid', key)
  return copy
}

const oddValues = {
  text: 'Zoë 🍐 \u0000 "\\ \ud800',
  n: -1.5,
  no: null,
  list: [[], {}, { a: [true] }],
  ['__proto__']: { ['__proto__']: 1 },
  constructor: 'x',
  '': '',
}

async function made(entries: object, expiry?: number | Temporal.Instant): Promise<string> {
  const store = new SessionStore()
  for (const [key, value] of Object.entries(entries)) await store.set(key, value)
  if (expiry !== undefined) await store.setExpiry(expiry)
  await store.save()
  return store.sessionKey!
}

describe.for(engines)('$title: every engine', (engine) => {
  opened(engine)

  test('remembers, and keeps what it was given as it is', async () => {
    const client = await visitor()
    expect((await client.get('/visit/')).json()).toEqual({ visits: 2 })
    const key = await made(oddValues)
    const again = new SessionStore(key)
    for (const [name, value] of Object.entries(oddValues)) expect(await again.get(name)).toEqual(value)
    expect(await again.keys()).toEqual(Object.keys(oddValues))
    expect((await client.get('/visit/')).json()).toEqual({ visits: 3 })
  })

  test('gives a visitor who touches nothing neither a cookie nor a session', async () => {
    const client = new Client(project.application)
    for (const path of ['/', '/show/', '/key/']) expect((await client.get(path)).cookies.size).toBe(0)
    const known = await visitor()
    expect((await known.get('/show/')).cookies.size).toBe(0)
  })

  test.for([
    '',
    'x',
    'short',
    '../../etc/passwd',
    'A'.repeat(32),
    'a'.repeat(32),
    'a'.repeat(5000),
    'e30:1r31eq:x',
    '.x:y:z',
  ])('takes no key that it did not make: %s', async (key) => {
    const client = copyOf(new Client(project.application), key)
    expect((await client.get('/visit/')).json()).toEqual({ visits: 1 })
    expect(client.cookies.all().at(-1)!.value).not.toBe(key)
  })

  test('gives another key to who logs in, and the same data', async () => {
    const client = await visitor()
    const before = client.cookies.get('sessionid')!
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2000 })
    try {
      await client.get('/do/cycleKey/')
    } finally {
      vi.useRealTimers()
    }
    expect(client.cookies.get('sessionid')).not.toBe(before)
    expect((await client.get('/show/')).json()).toEqual({ visits: 1 })
  })

  test('flush takes data and cookie', async () => {
    const client = await visitor()
    await client.get('/do/flush/')
    expect(client.cookies.has('sessionid')).toBe(false)
    expect((await client.get('/show/')).json()).toEqual({})
  })

  test('a session ends after its time, by the settings or its own', async () => {
    const [usual, hour] = [await made({ a: 1 }), await made({ a: 2 }, 3600)]
    const moment = await made({ a: 3 }, Temporal.Now.instant().add({ minutes: 10 }))
    const longer = await made({ a: 4 }, Temporal.Now.instant().add({ hours: 24 * 20 }))
    const browser = await made({ a: 5 }, 0)
    const alive = async () => {
      const found: unknown[] = []
      for (const key of [usual, hour, moment, longer, browser]) found.push(await new SessionStore(key).get('a'))
      return found
    }
    expect(await alive()).toEqual([1, 2, 3, 4, 5])
    // What Redis keeps ends by its own clock.
    if (engine.cache?.startsWith('redis:')) return
    const now = Date.now()
    const at = async (seconds: number) => {
      vi.setSystemTime(now + seconds * 1000)
      return alive()
    }
    vi.useFakeTimers({ toFake: ['Date', 'Temporal'] as never })
    try {
      expect(await at(601)).toEqual([1, 2, undefined, 4, 5])
      expect(await at(3602)).toEqual([1, undefined, undefined, 4, 5])
      expect(await at(14 * 86_400 + 2)).toEqual([undefined, undefined, undefined, 4, undefined])
      expect(await at(20 * 86_400 + 2)).toEqual([undefined, undefined, undefined, undefined, undefined])
    } finally {
      vi.useRealTimers()
    }
  })

  test('a session that was over when it was kept is none', async () => {
    const key = await made({ a: 1 }, -5)
    expect(await new SessionStore(key).get('a')).toBeUndefined()
  })

  test('clearsessions deletes what has expired and nothing else', async () => {
    const kept = await made({ a: 1 })
    const written: string[] = []
    const stdout = { write: (text: string) => written.push(text) }
    await clearsessions.run({ args: {}, options: {}, stdout, stderr: stdout, settings })
    expect(await new SessionStore(kept).get('a')).toBe(1)
    const byItself = engine.sessions.engine === 'cache' || engine.sessions.engine === 'signedCookies'
    expect(written.join()).toMatch(byItself ? /go by themselves/ : /^Deleted 1 session that has expired\.\n$/)
  })
})

describe.for(keyedEngines)('$title: an engine with keys', (engine) => {
  opened(engine)

  test('keeps the data on this side, behind 32 random characters', async () => {
    const client = await visitor()
    expect(client.cookies.get('sessionid')).toMatch(/^[a-z0-9]{32}$/)
    expect(sessionEngine()).toMatchObject({ name: engine.sessions.engine, canDelete: true })
  })

  test('a key that was cycled or flushed is worth nothing to who copied it', async () => {
    const [cycled, flushed] = [await visitor(), await visitor()]
    const thieves = [copyOf(cycled), copyOf(flushed)]
    await cycled.get('/do/cycleKey/')
    await flushed.get('/do/flush/')
    for (const thief of thieves) expect((await thief.get('/show/')).json()).toEqual({})
  })

  test('a session that was ended meanwhile is not brought back', async () => {
    const client = await visitor()
    const other = copyOf(client)
    meanwhile.run = () => {
      meanwhile.run = undefined
      return other.get('/do/flush/')
    }
    const late = await client.get('/visit/')
    expect(late.status).toBe(400)
    expect(late.cookies.size).toBe(0)
    expect((await copyOf(client).get('/show/')).json()).toEqual({})
  })

  test('of many that change and end one session at once, the end wins', async () => {
    for (let round = 0; round < 5; round++) {
      const key = await made({ n: 0 })
      const stores = await Promise.all(
        Array.from({ length: 6 }, async () => {
          const store = new SessionStore(key)
          await store.set('n', round)
          return store
        }),
      )
      const ended = new SessionStore(key)
      await ended.get('n')
      const saves = stores.map((store) => store.save())
      const outcomes = await Promise.allSettled([...saves.slice(0, 3), ended.flush(), ...saves.slice(3)])
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(SessionInterrupted)
      }
      expect(await new SessionStore(key).get('n')).toBeUndefined()
    }
  })

  test('makes no session under a key that is taken', async () => {
    const key = await made({ a: 'first' })
    const expires = Temporal.Now.instant().add({ hours: 1 })
    const other = await sessionEngine().create(key, new Map([['a', 'second']]), expires)
    expect(other).not.toBe(key)
    expect(await new SessionStore(key).get('a')).toBe('first')
    expect(await new SessionStore(other).get('a')).toBe('second')
  })

  test('deletes by key, also what is not there', async () => {
    const key = await made({ a: 1 })
    await sessionEngine().delete(key)
    await sessionEngine().delete(key)
    await sessionEngine().delete('../../etc')
    expect(await new SessionStore(key).get('a')).toBeUndefined()
  })

  test('a large session is kept', async () => {
    const key = await made({ text: 'ä'.repeat(300_000) })
    expect(await new SessionStore(key).get('text')).toHaveLength(300_000)
  })
})
