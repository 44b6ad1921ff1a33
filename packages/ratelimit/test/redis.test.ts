import { type Cache, CacheUnavailable, openCache } from '@nuages/cache'
import { logger, resetSetup } from '@nuages/core'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { redisDatabase } from '../../cache/test/redis-server.ts'
import { RateLimiter } from '../src/index.ts'
import { projectWith } from './project/project.ts'

const server = await redisDatabase(9)
const scope = `redis ${process.pid} ${Date.now()}`

describe('a limiter on Redis', () => {
  let cache: Cache
  beforeAll(() => {
    if ('url' in server) cache = openCache(`${server.url}?prefix=ratelimit`)
  })
  beforeEach((context) => {
    if ('absent' in server) context.skip(server.absent)
  })
  afterAll(async () => {
    await cache?.close()
  })

  test('allows, counts, asks, gives back and forgets as one in memory does', async () => {
    for (const counter of [cache, openCache('memory:')]) {
      const limiter = new RateLimiter({ scope, rate: '3/h', cache: counter })
      expect(await limiter.peek('ann')).toEqual({
        allowed: true,
        limit: 3,
        remaining: 3,
        retryAfter: 0,
        resetAfter: 3600,
      })
      expect(await limiter.hit('ann', { cost: 2 })).toMatchObject({ allowed: true, remaining: 1 })
      expect(await limiter.hit('ann', { cost: 2 })).toMatchObject({ allowed: false, remaining: 1 })
      expect(await limiter.hit('ann')).toMatchObject({ allowed: true, remaining: 0, retryAfter: 0 })
      const refused = await limiter.hit('ann')
      expect(refused).toMatchObject({ allowed: false, remaining: 0 })
      expect(refused.retryAfter).toBeGreaterThan(3595)
      expect(refused.retryAfter).toBeLessThanOrEqual(3900)
      expect(refused.resetAfter).toBe(refused.retryAfter)
      await limiter.refund('ann')
      expect(await limiter.peek('ann')).toMatchObject({ allowed: true, remaining: 1 })
      await limiter.refund('ann', { cost: 100 })
      expect(await limiter.peek('ann')).toMatchObject({ remaining: 3 })
      await limiter.refund('nobody')
      await limiter.hit('ann')
      await limiter.reset('ann')
      expect(await limiter.peek('ann')).toMatchObject({ remaining: 3 })
      expect(await limiter.peek('ключ 🗝️ \0')).toMatchObject({ remaining: 3 })
    }
  })

  test('lets hits come back, and leaves nothing behind', async () => {
    const limiter = new RateLimiter({ scope, rate: { limit: 2, period: 0.6 }, cache })
    await limiter.hit('ann', { cost: 2 })
    expect((await limiter.hit('ann')).allowed).toBe(false)
    await vi.waitUntil(async () => (await limiter.hit('ann')).allowed, { timeout: 10_000, interval: 20 })
    await vi.waitUntil(async () => !(await cache.has(`ratelimit:${scope}:0.6:ann`)), { timeout: 10_000, interval: 20 })
  })

  test('a limit of 0 refuses all', async () => {
    const limiter = new RateLimiter({ scope, rate: '0/m', cache })
    expect(await limiter.hit('ann')).toEqual({
      allowed: false,
      limit: 0,
      remaining: 0,
      retryAfter: expect.any(Number),
      resetAfter: 60,
    })
  })
})

describe('where the cache cannot be reached', () => {
  // Nobody listens on port 1.
  const away = openCache('redis://127.0.0.1:1')
  beforeAll(async () => {
    await projectWith()
  })
  afterAll(resetSetup)
  const lines = () => vi.spyOn(logger, 'error').mockImplementation(() => {})

  test('everything is allowed by default, and the log says so once a minute', async () => {
    const written = lines()
    const limiter = new RateLimiter({ scope: 'away', rate: '3/m', cache: away })
    for (const _ of [1, 2, 3, 4, 5]) expect(await limiter.hit('ann')).toMatchObject({ allowed: true, remaining: 3 })
    expect(await limiter.peek('ann')).toMatchObject({ allowed: true })
    await limiter.reset('ann')
    await limiter.refund('ann')
    expect(written).toHaveBeenCalledTimes(1)
    expect(written.mock.calls[0]).toEqual([
      expect.objectContaining({ scope: 'away', err: expect.any(CacheUnavailable) }),
      "The rate limit 'away' cannot count. Everything is allowed until it can.",
    ])
    written.mockRestore()
  })

  test('or refused, where that is asked for', async () => {
    const written = lines()
    const limiter = new RateLimiter({ scope: 'closed', rate: '3/h', cache: away, onFailure: 'refuse' })
    expect(await limiter.hit('ann')).toEqual({
      allowed: false,
      limit: 3,
      remaining: 0,
      retryAfter: 60,
      resetAfter: 3600,
    })
    expect(written).toHaveBeenCalledTimes(1)
    written.mockRestore()
  })
})
