import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCache } from '@nuages/cache'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { redisDatabase } from '../../cache/test/redis-server.ts'
import { RateLimiter } from '../src/index.ts'

const baseDir = mkdtempSync(join(tmpdir(), 'nuages-ratelimit-'))
const server = await redisDatabase(9)
const scope = `eight ${process.pid} ${Date.now()}`

// They load the framework at once: that takes what it takes on a machine that is busy.
describe('eight processes at once', { timeout: 300_000 }, () => {
  let workers: readonly ChildProcess[]
  beforeAll(() => {
    workers = Array.from({ length: 8 }, () => fork(join(import.meta.dirname, 'worker.ts')))
  })
  afterAll(() => {
    for (const worker of workers) worker.kill('SIGKILL')
    rmSync(baseDir, { recursive: true, force: true })
  })

  async function allowedIn(url: string, hits: number): Promise<number> {
    const answers = workers.map(async (worker) => {
      const answer = once(worker, 'message')
      worker.send({ url, baseDir, scope, hits })
      return (await answer)[0] as number
    })
    return (await Promise.all(answers)).reduce((sum, allowed) => sum + allowed, 0)
  }

  test('let the limit through and no more, on Redis', async (context) => {
    if ('absent' in server) return context.skip(server.absent)
    // Other tests of Redis that run at the same time clear their keys.
    const url = `${server.url}?prefix=ratelimit`
    expect(await allowedIn(url, 40)).toBe(50)
    expect(await allowedIn(url, 5)).toBe(0)
    const cache = openCache(url)
    const limiter = new RateLimiter({ scope, rate: '50/h', cache })
    expect(await limiter.peek('everybody')).toMatchObject({ allowed: false, remaining: 0, limit: 50 })
    await limiter.reset('everybody')
    await cache.close()
  })

  test('let the limit through and no more, on files', async () => {
    expect(await allowedIn('file:cache', 10)).toBe(50)
  })
})
