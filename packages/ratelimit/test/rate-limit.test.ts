import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cache as caching } from '@nuages/cache'
import { logger, type Middleware, resetSetup, runChecks } from '@nuages/core'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { rateLimit, ratelimit } from '../src/index.ts'
import { projectWith } from './project/project.ts'

let client: Awaited<ReturnType<typeof projectWith>>
beforeEach(async () => {
  client = await projectWith()
})
afterAll(resetSetup)

describe('rateLimit', () => {
  test('answers so often, tells what is left, and then 429', async () => {
    const ann = client()
    const first = await ann.get('/client/')
    expect(first.status).toBe(200)
    expect(first.headers.get('RateLimit-Policy')).toBe('"client/";q=2;w=3600')
    expect(first.headers.get('RateLimit')).toMatch(/^"client\/";r=1;t=\d+$/)
    expect((await ann.post('/client/')).headers.get('RateLimit')).toMatch(/;r=0;/)
    const refused = await ann.get('/client/')
    expect(refused.status).toBe(429)
    expect(refused.text()).toContain('Too many requests')
    const seconds = Number(refused.headers.get('Retry-After'))
    expect(seconds).toBeGreaterThan(3595)
    expect(refused.headers.get('RateLimit')).toBe(`"client/";r=0;t=${seconds}`)
    expect(refused.headers.get('RateLimit-Policy')).toBe('"client/";q=2;w=3600')
    expect(refused.headers.get('Cache-Control')).toBe('no-store')
  })

  test('each client by itself, an IPv6 network as one', async () => {
    const from = (clientAddress: string) => client({ clientAddress }).get('/client/')
    for (const address of ['192.0.2.1', '192.0.2.2', '2001:db8:0:1::1', '2001:db8:0:2::1']) {
      expect((await from(address)).headers.get('RateLimit')).toContain('r=1')
    }
    expect((await from('2001:db8:0:1:ffff::2')).status).toBe(200)
    expect((await from('2001:db8:0:1:ffff::3')).status).toBe(429)
    expect((await from('::ffff:192.0.2.1')).headers.get('RateLimit')).toContain('r=0')
  })

  test('each URL pattern by itself, whatever its parameters; a scope over all that have it', async () => {
    const ann = client()
    for (const [path, status] of [
      ['/client/', 200],
      ['/client/1/', 200],
      ['/client/2/', 200],
      ['/client/3/', 429],
      ['/client/', 200],
    ] as const) {
      expect((await ann.get(path)).status).toBe(status)
    }
    for (const [path, status] of [
      ['/one/', 200],
      ['/other/', 200],
      ['/one/', 429],
      ['/other/', 429],
    ] as const) {
      expect((await ann.get(path)).status).toBe(status)
    }
  })

  test('some methods only', async () => {
    const ann = client()
    expect((await ann.post('/posts/')).status).toBe(200)
    expect((await ann.post('/posts/')).status).toBe(429)
    const read = await ann.get('/posts/')
    expect(read.status).toBe(200)
    expect(read.headers.has('RateLimit')).toBe(false)
  })

  test('by a key of the project; without one there is no limit', async () => {
    const ann = client()
    const statuses = []
    for (const path of ['/keyed/?key=a', '/keyed/?key=b', '/keyed/?key=a', '/keyed/', '/keyed/']) {
      statuses.push((await ann.get(path)).status)
    }
    expect(statuses).toEqual([200, 200, 429, 200, 200])
  })

  test('each user by their key, whatever the column is called, and whoever else comes from there', async () => {
    const make = await projectWith({
      middleware: [
        (request, next) => {
          const name = request.query.get('user')
          const visitor = name === undefined ? { isAuthenticated: false } : { isAuthenticated: true, pk: name }
          return next(Object.assign(request, { user: Promise.resolve(visitor) }))
        },
      ],
    })
    const left = async (path: string) => (await make().get(path)).headers.get('RateLimit')
    expect(await left('/user/?user=ann')).toContain('r=1')
    expect(await left('/user/?user=ann')).toContain('r=0')
    expect(await left('/user/?user=bob')).toContain('r=1')
    expect(await left('/user/')).toContain('r=1')
    expect((await make().get('/user/?user=ann')).status).toBe(429)
  })

  test('by user needs users', async () => {
    const error = client({ raiseRequestException: true }).get('/user/')
    await expect(error).rejects.toThrow("rateLimit({ by: 'user' }) needs request.user, and the request has none.")
  })

  test('several limits each tell what is left', async () => {
    const answer = await client().get('/inner/')
    expect(answer.headers.getAll('RateLimit-Policy')).toEqual(['"inner";q=1;w=3600', '"out\\"er__";q=5;w=3600'])
    expect(answer.headers.getAll('RateLimit')).toHaveLength(2)
    expect((await client().get('/inner/')).status).toBe(429)
  })

  test('a view that fails has been asked as well', async () => {
    expect((await client().get('/fails/')).status).toBe(500)
    expect((await client().get('/fails/')).status).toBe(429)
  })

  test('a rate that is none is told where it is written', () => {
    expect(() => rateLimit({ rate: '5 a minute' })).toThrow("'5 a minute' is no rate.")
  })

  test('what is refused is in the log, on one line', async () => {
    await projectWith().then(async (make) => {
      const written = vi.spyOn(logger, 'warn').mockImplementation(() => {})
      const ann = make()
      await ann.get('/keyed/?key=a%0Ab')
      await ann.get('/keyed/?key=a%0Ab')
      expect(written.mock.calls.map(([, text]) => text)).toEqual([
        expect.stringMatching(
          /^RateLimited: 'a\\u000ab' has used up the rate limit 'keyed\/' \(1 in 3600 s\) for \d+ s\.$/,
        ),
      ])
      written.mockRestore()
    })
  })
})

describe('the middleware', () => {
  test('limits all that one client asks for', async () => {
    client = await projectWith({ ratelimit: { client: '2/m' } })
    const ann = client()
    expect((await ann.get('/open/')).headers.get('RateLimit')).toMatch(/^"client";r=1;t=\d+$/)
    expect((await ann.get('/nowhere/')).status).toBe(404)
    const refused = await ann.get('/open/')
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0)
    expect((await client({ clientAddress: '192.0.2.9' }).get('/open/')).status).toBe(200)
  })

  test('answers at once where the cache is in memory, and waits for one that is not', async () => {
    const seen: boolean[] = []
    const watch: Middleware = (request, next) => {
      const response = next(request)
      seen.push(response instanceof Promise)
      return response
    }
    for (const cache of ['memory:', `file:${mkdtempSync(join(tmpdir(), 'nuages-rate-'))}`]) {
      client = await projectWith({
        installedApps: [caching, ratelimit],
        middleware: [watch],
        caches: { default: cache },
        ratelimit: { client: '2/m' },
      } as object)
      expect((await client().get('/open/')).headers.get('RateLimit')).toMatch(/;r=1;/)
    }
    expect(seen).toEqual([false, true])
  })

  test('is left out where there is no limit', async () => {
    expect((await client().get('/open/')).headers.has('RateLimit')).toBe(false)
  })

  test('a rate that is none is told at start-up', async () => {
    await expect(projectWith({ ratelimit: { client: '5/y' } })).rejects.toThrow("ratelimit.client is '5/y': is no rate")
  })
})

describe('checks', () => {
  test('a cache that nobody has', async () => {
    await projectWith({ ratelimit: { cache: 'rates' } })
    expect(await runChecks({ tags: ['ratelimit'] })).toEqual([
      expect.objectContaining({ level: 'error', id: 'ratelimit.E001', message: expect.stringContaining("'rates'") }),
    ])
  })

  test('one in memory, for production', async () => {
    await projectWith()
    expect(await runChecks({ tags: ['ratelimit'] })).toEqual([])
    expect(await runChecks({ tags: ['ratelimit'], deploy: true })).toEqual([
      expect.objectContaining({ level: 'info', id: 'ratelimit.I001' }),
    ])
    await projectWith({ caches: { default: 'redis://127.0.0.1:1' } })
    expect(await runChecks({ tags: ['ratelimit'], deploy: true })).toEqual([])
  })
})
