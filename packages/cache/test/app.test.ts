import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  conditionalGetMiddleware,
  createApplication,
  type Middleware,
  resetSetup,
  runChecks,
  type Settings,
  settings,
} from '@nuages/core'
import { database } from '@nuages/orm'
import { Client } from '@nuages/testing'
import { defaultMiddleware } from 'nuages'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createcachetable } from '../src/commands.ts'
import { cache, cacheMiddleware, caches, type KeyFunction, openCache } from '../src/index.ts'
import { projectSettings } from './project/settings.ts'
import { asked } from './project/urls.ts'

const folder = mkdtempSync(join(tmpdir(), 'nuages-cache-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
afterEach(resetSetup)

async function setUp(changes: Parameters<typeof projectSettings>[0] = {}) {
  await resetSetup()
  const settings = projectSettings({ databases: {}, ...changes }) as unknown as Settings
  return { settings, application: await createApplication(settings) }
}

describe('the default cache', () => {
  test('is that of the project, with each of its methods', async () => {
    await setUp()
    await cache.set('key', 1)
    expect(await caches.get().get('key')).toBe(1)
    expect(await cache.get('key', { default: 2 })).toBe(1)
    expect(await cache.add('key', 2)).toBe(false)
    expect(await cache.getOrSet('other', 5)).toBe(5)
    expect(await cache.getMany(['key', 'other'])).toEqual(
      new Map([
        ['key', 1],
        ['other', 5],
      ]),
    )
    await cache.setMany({ key: 2 })
    expect([await cache.incr('key'), await cache.incr('key', 2n), await cache.decr('key', 1n)]).toEqual([3, 5n, 4n])
    expect(await cache.update('key', (value) => Number(value))).toBe(4)
    expect([await cache.touch('key'), await cache.has('key')]).toEqual([true, true])
    expect([await cache.incrVersion('key'), await cache.decrVersion('key', 1, { version: 2 })]).toEqual([2, 1])
    expect([await cache.delete('key'), await cache.deleteMany(['other'])]).toEqual([true, 1])
    expect([cache.isShared, caches.aliases()]).toEqual([false, ['default', 'other']])
    await cache.clear()
    await cache.close()
    await caches.close()
  })

  test('is another one for another project', async () => {
    await setUp()
    await cache.set('key', 1)
    await setUp()
    expect(await cache.get('key')).toBeUndefined()
  })

  test('is closed with the project', async () => {
    await setUp({ caches: { default: 'memory:' } })
    const before = caches.get()
    await before.set('key', 1)
    await resetSetup()
    expect(await before.get('key')).toBeUndefined()
    await expect(cache.get('key')).rejects.toThrow('before the project was set up')
  })
})

test('a key function makes all keys', async () => {
  const seen: unknown[] = []
  const keyFunction: KeyFunction = (...given) => {
    seen.push(given)
    return given.join('/').toUpperCase()
  }
  await setUp({ cache: { keyFunction }, caches: { default: 'memory:?prefix=site&version=3' } })
  await cache.set('key', 1)
  expect(await cache.get('KEY')).toBe(1)
  expect(seen).toEqual([
    ['key', 'site', 3, 'default'],
    ['KEY', 'site', 3, 'default'],
  ])
  const own = openCache('memory:', { keyFunction: (key) => key.slice(0, 1) })
  await own.set('ann', 1)
  expect(await own.get('abe')).toBe(1)
})

describe('createcachetable', () => {
  let output = ''
  const stdout = { write: (text: string) => (output += text) }
  const run = (settings: Settings, args: readonly string[] = [], options: Readonly<Record<string, unknown>> = {}) => {
    output = ''
    const context = { args: { table: args }, options, stdout, stderr: stdout, settings: settings as never }
    return createcachetable.run(context as never)
  }
  beforeEach(() => {
    rmSync(join(folder, 'db.sqlite3'), { force: true })
  })

  test('makes the tables of the settings, once, as Django does', async () => {
    const caches = {
      default: 'database:nuages_cache?timeout=5',
      again: 'database:nuages_cache?prefix=b',
      pages: 'database:pages',
      memory: 'memory:',
    }
    const { settings } = await setUp({ databases: { default: `sqlite:${join(folder, 'db.sqlite3')}` }, caches })
    await run(settings)
    expect(output).toBe(
      "Made the cache table 'nuages_cache' in 'default'.\nMade the cache table 'pages' in 'default'.\n",
    )
    await run(settings)
    expect(output).toBe("The cache table 'nuages_cache' is there already.\nThe cache table 'pages' is there already.\n")
    const [table] = (await database().introspect()).filter(({ name }) => name === 'pages')
    expect(
      table!.columns.map(({ name, type, null: mayBeNull, primaryKey }) => [name, type, mayBeNull, primaryKey]),
    ).toEqual([
      ['cache_key', 'varchar(255)', false, true],
      ['value', 'text', false, false],
      ['expires', 'datetime', false, false],
    ])
    expect(table!.indexes).toEqual([expect.objectContaining({ name: 'pages_expires', unique: false })])
    await cache.set('key', 1)
    expect(await cache.get('key')).toBe(1)
  })

  test('makes the named ones, or prints their SQL', async () => {
    const { settings } = await setUp({ databases: { default: `sqlite:${join(folder, 'db.sqlite3')}` } })
    await run(settings, ['mine'], { 'dry-run': true })
    expect(output).toContain('CREATE TABLE "mine"')
    expect(output).toContain('CREATE INDEX "mine_expires"')
    expect(await database().tableNames()).toEqual([])
    await run(settings, ['mine'])
    expect(await database().tableNames()).toEqual(['mine'])
    await expect(run(settings, ['my table;'])).rejects.toThrow("'my table;' is no name of a table.")
  })
})

describe('checks', () => {
  const idsWith = async (changes: Parameters<typeof projectSettings>[0], deploy = false) => {
    await setUp(changes)
    return (await runChecks({ tags: ['cache'], deploy })).map(({ id, object }) => [id, object])
  }

  test('say what is wrong with the caches', async () => {
    expect(await idsWith({})).toEqual([])
    expect(await idsWith({ caches: { default: 'memory:', wrong: 'memory:?x=1', none: 'nothing:' } })).toEqual([
      ['caches.E002', 'wrong'],
      ['caches.E002', 'none'],
    ])
    expect(await idsWith({ caches: { other: 'memory:' } })).toEqual([['caches.E001', undefined]])
    expect(await idsWith({ cache: { pageAlias: 'pages' } })).toEqual([['caches.E001', undefined]])
    const files = { inside: 'file:media/cache', around: 'file:.', same: 'file:media', apart: 'file:var/cache' }
    expect(await idsWith({ caches: { default: 'memory:', ...files }, mediaRoot: 'media' })).toEqual([
      ['caches.W002', 'inside'],
      ['caches.W002', 'around'],
      ['caches.W002', 'same'],
    ])
  })

  test('say that the middleware stands too far out', async () => {
    expect(await idsWith({ middleware: [...defaultMiddleware, cacheMiddleware] })).toEqual([])
    const [first, ...rest] = defaultMiddleware
    await setUp({ middleware: [first!, cacheMiddleware, ...rest] })
    const names = rest.filter(({ isUsed }) => isUsed?.(settings as Settings) ?? true).map(({ name }) => name)
    expect(await runChecks({ tags: ['cache'] })).toMatchObject([
      { id: 'caches.W003', message: expect.stringContaining(`comes before ${names.join(', ')}: `) },
    ])
    await setUp({ middleware: [cacheMiddleware, conditionalGetMiddleware] })
    expect(await runChecks({ tags: ['cache'] })).toMatchObject([
      {
        message: 'cacheMiddleware comes before conditionalGetMiddleware: pages that are kept are answered without it.',
      },
    ])
  })

  test('say for production what each process keeps for itself', async () => {
    expect(await idsWith({}, true)).toEqual([['caches.I001', 'default']])
    expect(await idsWith({ caches: { default: 'file:var/cache' } }, true)).toEqual([])
  })
})

describe('cacheMiddleware', () => {
  test('answers what it keeps without the middleware inside of it, which a check says', async () => {
    const idsOf = async (middleware: readonly Middleware[]) => {
      const { application } = await setUp({ middleware })
      const client = new Client(application)
      const answers = [await client.get('/plain/'), await client.get('/plain/')]
      return answers.map(({ headers }) => headers.has('X-Request-ID'))
    }
    expect(await idsOf([cacheMiddleware, ...defaultMiddleware])).toEqual([true, false])
    expect((await runChecks({ tags: ['cache'] })).map(({ id }) => id)).toEqual(['caches.W003'])
    expect(await idsOf([...defaultMiddleware, cacheMiddleware])).toEqual([true, true])
  })

  test('keeps the answers of all views, for as long as the settings say', async () => {
    const { application } = await setUp({
      middleware: [...defaultMiddleware, cacheMiddleware],
      cache: { pageTimeout: 30, pageAlias: 'other', pagePrefix: 'site' },
    })
    asked.times = 0
    const client = new Client(application)
    const first = await client.get('/plain/')
    expect(first.headers.get('Cache-Control')).toBe('max-age=30')
    const second = await client.get('/plain/')
    expect(second.text()).toBe(first.text())
    expect(second.headers.get('Age')).toBe('0')
    expect((await client.get('/plain/?cookie')).text()).not.toBe((await client.get('/plain/?cookie')).text())
    await caches.get('other').clear()
    expect((await client.get('/plain/')).text()).not.toBe(first.text())
  })
})
