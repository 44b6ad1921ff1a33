import { resetSetup, type Settings } from '@nuages/core'
import { atomic } from '@nuages/orm'
import { TestDatabase } from '@nuages/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { Session, SessionInterrupted, SessionStore, sessionEngine } from '../../src/index.ts'
import { projectSettings } from '../project/settings.ts'

// Who provides it is the set-up of the ORM's tests.
const server = inject('postgres' as never) as { url: string } | { absent: string }
const absent = 'absent' in server
const url = () =>
  Object.assign(new URL(absent ? 'postgres://none' : server.url), { pathname: `sessions ${process.pid}` }).href

async function made(values: Readonly<Record<string, unknown>>, expiry?: number): Promise<string> {
  const store = new SessionStore()
  for (const [key, value] of Object.entries(values)) await store.set(key, value)
  if (expiry !== undefined) await store.setExpiry(expiry)
  await store.save()
  return store.sessionKey!
}

describe.each(['database', 'cachedDatabase'] as const)('sessions in %s, on PostgreSQL', (engine) => {
  let database: TestDatabase
  beforeAll(async () => {
    if (absent) return
    database = await TestDatabase.create(
      projectSettings({ databases: { default: url() }, sessions: { engine } }) as Settings,
    )
  })
  beforeEach(async (context) => {
    if (absent) context.skip(server.absent)
    await database.reset()
  })
  afterAll(async () => {
    if (absent) return
    await database.close()
    await resetSetup()
  })

  test('are kept, changed, given another key and cleared', async () => {
    const values = { text: 'Zoë \u0000 🍐', list: [1, { a: null }] }
    const [key] = [await made(values), await made({ over: 1 }, -5)]
    const store = new SessionStore(key)
    expect([await store.get('text'), await store.get('list')]).toEqual([values.text, values.list])
    await store.cycleKey()
    await store.save()
    expect(await new SessionStore(key).keys()).toEqual([])
    expect(await new SessionStore(store.sessionKey).get('text')).toBe(values.text)
    expect(await sessionEngine().deleteExpired()).toBe(1)
    expect(await Session.objects.count()).toBe(1)
  })

  test('a key that is taken does not spoil the transaction around it', async () => {
    const key = await made({ a: 1 })
    const other = await atomic(async () => {
      const expires = Temporal.Now.instant().add({ hours: 1 })
      return sessionEngine().create(key, new Map([['a', 2]]), expires)
    })
    expect(other).not.toBe(key)
    expect([await new SessionStore(key).get('a'), await new SessionStore(other).get('a')]).toEqual([1, 2])
  })

  test('of many that change and end one session at once, the end wins', async () => {
    const key = await made({ n: 0 })
    const stores = Array.from({ length: 8 }, () => new SessionStore(key))
    await Promise.all(stores.map((store, index) => store.set('n', index)))
    const outcomes = await Promise.allSettled([
      ...stores.slice(0, 4).map((store) => store.save()),
      sessionEngine().delete(key),
      ...stores.slice(4).map((store) => store.save()),
    ])
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(SessionInterrupted)
    }
    expect(await new SessionStore(key).keys()).toEqual([])
  })
})
