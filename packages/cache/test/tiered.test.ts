import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApplication, defineSettings, logger, resetSetup, type Settings } from '@nuages/core'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { caches } from '../src/index.ts'
import { runCacheCases } from './cases.ts'
import { redisDatabase } from './redis-server.ts'

const server = await redisDatabase(9)
const folder = mkdtempSync(join(tmpdir(), 'nuages-cache-'))

// The other tests of Redis run at the same time: each has keys of its own.
const urls = {
  default: 'memory:',
  local: 'memory:',
  files: `file:${folder}`,
  shared: 'url' in server ? server.url : 'redis://127.0.0.1:1',
  'on files': 'tiered:local,files?nearTimeout=5',
  'on redis': 'tiered:local,shared?prefix=tiered&nearTimeout=0.05',
  'on redis, with a prefix': 'tiered:local,shared?prefix=tiered-other&version=7&nearTimeout=0.05',
  away: 'redis://127.0.0.1:1',
  'on none': 'tiered:local,away',
  forgiving: 'redis://127.0.0.1:1?onFailure=miss',
  'on one that is forgiving': 'tiered:local,forgiving',
}

async function setUp(caches: Readonly<Record<string, string>>): Promise<void> {
  await resetSetup()
  const settings = defineSettings({
    baseDir: import.meta.dirname,
    secretKey: 'only-for-tests-0123456789-abcdefgh',
    logging: { level: 'silent' },
    caches,
  })
  await createApplication(settings as unknown as Settings)
}

beforeAll(() => setUp(urls))
afterAll(async () => {
  await caches
    .get('on redis')
    .clear()
    .catch(() => {})
  await resetSetup()
  rmSync(folder, { recursive: true, force: true })
})

describe('memory before files', () => {
  beforeEach(() => caches.get('local').clear())
  runCacheCases({
    open: () => caches.get('on files'),
    ownClock: true,
    isShared: true,
    options: false,
  })
})

describe('memory before Redis', () => {
  beforeEach((context) => {
    if ('absent' in server) context.skip(server.absent)
  })
  runCacheCases({ open: () => caches.get('on redis'), ownClock: false, isShared: true, options: false })
})

describe('two levels', () => {
  const cache = () => caches.get('on files')
  const far = () => caches.get('files')
  beforeEach(async () => {
    await cache().clear()
  })

  test('what was read is answered from near, for nearTimeout at most', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    try {
      await far().set('key', 'first')
      expect(await cache().get('key')).toBe('first')
      // As another process would.
      await far().set('key', 'second')
      expect(await cache().get('key')).toBe('first')
      expect(await cache().getMany(['key'])).toEqual(new Map([['key', 'first']]))
      vi.setSystemTime(Date.now() + 5001)
      expect(await cache().get('key')).toBe('second')
    } finally {
      vi.useRealTimers()
    }
  })

  test('near keeps nothing for longer than far does', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    try {
      await far().set('key', 1, { timeout: 2 })
      expect(await cache().getMany(['key'])).toEqual(new Map([['key', 1]]))
      vi.setSystemTime(Date.now() + 2001)
      expect(await cache().get('key')).toBeUndefined()
    } finally {
      vi.useRealTimers()
    }
  })

  test('what this process changes it sees at once', async () => {
    await cache().set('n', 1)
    for (const change of [
      () => cache().set('n', 2),
      () => cache().setMany({ n: 3 }),
      () => cache().incr('n'),
      () => cache().update('n', (n) => Number(n) + 1),
    ]) {
      const before = await cache().get<number>('n')
      await change()
      expect(await cache().get('n')).toBe(before! + 1)
      expect(await far().get('n')).toBe(before! + 1)
    }
    await cache().delete('n')
    expect(await cache().get('n')).toBeUndefined()
    await cache().set('n', 1)
    await cache().get('n')
    await cache().clear()
    expect(await cache().get('n')).toBeUndefined()
    expect(await far().get('n')).toBeUndefined()
  })

  test('what is near is there while the far one is away; the rest is an error, or a miss', async () => {
    logger.level = 'silent'
    await caches.get('local').set('near', 1)
    expect(await caches.get('on none').get('near')).toBe(1)
    await expect(caches.get('on none').get('far')).rejects.toMatchObject({ code: 'cache-unavailable' })
    expect(await caches.get('on one that is forgiving').get('far')).toBeUndefined()
    expect(await caches.get('on one that is forgiving').getOrSet('far', () => 5)).toBe(5)
    await caches.get('on one that is forgiving').set('far', 1)
  })

  test('two that share the far one have keys of their own', async (context) => {
    if ('absent' in server) return context.skip(server.absent)
    const [one, other] = [caches.get('on redis'), caches.get('on redis, with a prefix')]
    await one.set('key', 1)
    await other.set('key', 2)
    expect(await one.get('key')).toBe(1)
    await other.clear()
    expect(await one.get('key')).toBe(1)
  })
})

describe('aliases', () => {
  afterAll(() => setUp(urls))

  test.for([
    [
      'one',
      'tiered:two',
      "caches['one'] (tiered:): it takes the aliases of two caches, the near one first: 'tiered:local,shared'.",
    ],
    ['one', 'tiered:two,three,four', 'it takes the aliases of two caches'],
    ['one', 'tiered:two,missing', "There is no cache 'missing'."],
    ['one', 'tiered:two,one', "caches['one'] (tiered:): it stands before itself."],
    [
      'one',
      'memory:?maxBites=5',
      "caches['one'] (memory:): there is no option 'maxBites'. Did you mean 'maxBytes'? Options: maxBytes, maxEntries, onFailure, prefix, timeout, version.",
    ],
    ['one', 'memory:?maxBytes=lots', "'maxBytes' takes a number from 1 on, not 'lots'."],
    ['one', 'memory:?maxBytes=', "'maxBytes' takes a number from 1 on, not ''."],
    ['one', 'memory:?onFailure=ignore', "'onFailure' takes raise or miss, not 'ignore'."],
    ['one', 'memory:?timeout=-1', "'timeout' takes a number from 0 on, not '-1'."],
    [
      'one',
      'memcached://127.0.0.1',
      "caches['one']: no cache has URLs with 'memcached:'. It takes memory:, file:, database:, redis:, rediss:, redis+unix:, tiered:.",
    ],
    ['one', 'file:', "it takes a folder: 'file:var/cache'."],
    ['one', 'database:', "it takes the name of a table ('database:nuages_cache'), not ''."],
    ['one', 'database:a"b', `not 'a"b'.`],
    ['one', 'redis:nonsense', "such as 'redis://127.0.0.1:6379/0'."],
    ['one', 'redis://:secret@host/db', 'the number of a database'],
    ['missing', 'memory:', "There is no cache 'missing'. The setting 'caches' names: default, one, two."],
    ['tow', 'memory:', "Did you mean 'two'?"],
  ])('%s: %s', async ([alias, url, message]) => {
    await setUp({ default: 'memory:', one: url!, two: 'memory:' })
    expect(() => caches.get(alias)).toThrow(message)
    expect(() => caches.get(alias)).not.toThrow('secret')
    expect(caches.get('two')).toBe(caches.get('two'))
  })
})
