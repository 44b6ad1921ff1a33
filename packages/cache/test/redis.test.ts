import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { type Cache, openCache } from '../src/index.ts'
import { runCacheCases } from './cases.ts'
import { redisDatabase } from './redis-server.ts'

const server = await redisDatabase(9)
const opened: Cache[] = []

function open(query = ''): Cache {
  const cache = openCache(`${'url' in server ? server.url : 'redis://absent'}${query}`)
  opened.push(cache)
  return cache
}

describe('Redis', () => {
  beforeEach((context) => {
    if ('absent' in server) context.skip(server.absent)
  })
  afterAll(async () => {
    for (const cache of opened) await cache.close()
  })

  runCacheCases({ open, ownClock: false, isShared: true })

  test('clear leaves alone what is not of this cache', async () => {
    const [one, other] = [open('?prefix=a*[b]'), open('?prefix=axb')]
    await one.set('key', 1)
    await other.set('key', 1)
    await one.clear()
    expect(await one.has('key')).toBe(false)
    expect(await other.has('key')).toBe(true)
    await other.clear()
  })
})
