import { logger } from '@nuages/core'
import { closeDatabases, configureDatabases, database } from '@nuages/orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCache } from '../src/index.ts'
import { cacheTable } from '../src/stores/database/cache-table.ts'
import { runCacheCases } from './cases.ts'

/** The cases, and what a table has of its own, on the database of `url`. */
export function runDatabaseCases(url: () => string | undefined): void {
  const open = (query = '') => openCache(`database:nuages_cache${query}`)

  beforeAll(async () => {
    logger.level = 'silent'
    const place = url()
    if (place === undefined) return
    configureDatabases({ default: place })
    for (const name of ['nuages_cache', 'small']) {
      await database().alterSchema((editor) => editor.createTable(cacheTable(name, database().vendor)))
    }
  })
  afterAll(closeDatabases)

  runCacheCases({ open, ownClock: true, isShared: true })

  test('is part of the transaction that it is used in', async () => {
    const cache = open()
    await cache.set('key', 'before')
    const undone = database().atomic(async () => {
      await cache.set('key', 'inside')
      expect(await cache.add('key', 1)).toBe(false)
      expect(await cache.add('new', 1)).toBe(true)
      expect(await cache.incr('new')).toBe(2)
      expect(await cache.getOrSet('computed', () => 1)).toBe(1)
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect(await cache.get('key')).toBe('before')
    expect(await cache.getMany(['new', 'computed'])).toEqual(new Map())
  })

  test('is culled: what is over goes first, then what ends first', async () => {
    const cache = openCache('database:small?maxEntries=10&cullFrequency=2')
    const write = async (name: string, count: number, timeout: number | null) => {
      for (let index = 0; index < count; index++) await cache.set(`${name} ${index}`, index, { timeout })
    }
    const count = async () =>
      Number(((await database().all({ sql: 'SELECT count(*) FROM small' }, []))[0] as [number])[0])
    await write('soon', 5, 100)
    await write('late', 5, null)
    expect(await count()).toBe(10)
    await database().run(
      { sql: "UPDATE small SET expires = '2001-01-01 00:00:00' WHERE cache_key IN (':1:soon 0', ':1:soon 1')" },
      [],
    )
    await cache.set('more', 1, { timeout: 50 })
    expect(await count()).toBe(9)
    await write('most', 2, null)
    expect(await count()).toBeLessThanOrEqual(10)
    expect(await cache.has('more')).toBe(false)
    expect([...(await cache.getMany(['late 1', 'late 4', 'most 0', 'most 1'])).keys()]).toEqual([
      'late 1',
      'late 4',
      'most 0',
      'most 1',
    ])
    await cache.clear()
    expect(await count()).toBe(0)
  })

  test('a table that is not there is told, and how to make it', async () => {
    const cache = openCache('database:not_there', { alias: 'pages' })
    await expect(cache.get('key')).rejects.toMatchObject({
      code: 'cache-unavailable',
      message: expect.stringContaining("The cache 'pages' (table 'not_there' of database 'default') cannot be used"),
      hint: expect.stringContaining('createcachetable'),
    })
    const forgiving = openCache('database:not_there?onFailure=miss')
    expect(await forgiving.get('key', { default: 1 })).toBe(1)
    expect(await forgiving.getOrSet('key', () => 2)).toBe(2)
  })
}
