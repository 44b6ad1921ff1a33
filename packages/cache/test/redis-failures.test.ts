import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { promisify } from 'node:util'
import { logger } from '@nuages/core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Cache, CacheKeyError, CacheUnavailable, openCache } from '../src/index.ts'
import { redisDatabase } from './redis-server.ts'

const server = await redisDatabase(9)

/** A way to the real server that can be cut, and be mended on the same port. */
class Way {
  readonly #sockets = new Set<Socket>()
  #listening: Server | undefined
  #port = 0
  /** Whether what comes is let through. */
  isMute = false

  async open(): Promise<number> {
    const target = new URL('url' in server ? server.url : 'redis://absent')
    this.#listening = createServer((client) => {
      const upstream = connect(Number(target.port || 6379), target.hostname)
      for (const socket of [client, upstream]) {
        this.#sockets.add(socket)
        socket.on('error', () => {}).on('close', () => this.#sockets.delete(socket))
      }
      client.on('data', (data) => this.isMute || upstream.write(data)).on('close', () => upstream.destroy())
      upstream.on('data', (data) => client.write(data)).on('close', () => client.destroy())
    })
    this.#listening.listen(this.#port, '127.0.0.1')
    await once(this.#listening, 'listening')
    this.#port = (this.#listening.address() as AddressInfo).port
    return this.#port
  }

  get connections(): number {
    return this.#sockets.size / 2
  }

  async cut(): Promise<void> {
    const closed = this.#listening === undefined ? undefined : once(this.#listening, 'close')
    this.#listening?.close()
    this.#listening = undefined
    for (const socket of this.#sockets) socket.destroy()
    await closed
  }
}

describe('a Redis server that goes and comes', () => {
  const way = new Way()
  let cache: Cache
  let forgiving: Cache
  let url: string
  beforeAll(() => {
    logger.level = 'silent'
  })
  beforeEach(async (context) => {
    if ('absent' in server) context.skip(server.absent)
    way.isMute = false
    url = `redis://127.0.0.1:${await way.open()}/9?prefix=failures`
    cache = openCache(url)
    forgiving = openCache(`${url}&onFailure=miss`)
  })
  afterEach(async () => {
    await cache.clear().catch(() => {})
    await cache.close()
    await forgiving.close()
    await way.cut()
  })
  afterAll(() => {
    vi.restoreAllMocks()
  })

  test('nothing is opened before it is used; many share one connection', async () => {
    expect(way.connections).toBe(0)
    await Promise.all(Array.from({ length: 50 }, (_, index) => cache.set(`key ${index}`, index)))
    expect(way.connections).toBe(1)
    await cache.close()
    await vi.waitUntil(() => way.connections === 0)
  })

  test('what asks while it is away is told, and the next who asks when it is back is answered', async () => {
    await cache.set('key', 1)
    await way.cut()
    await expect(cache.get('key')).rejects.toThrow(CacheUnavailable)
    await expect(cache.set('key', 2)).rejects.toMatchObject({
      code: 'cache-unavailable',
      message: expect.stringMatching(
        /^The Redis server of the cache 'default' \(127\.0\.0\.1:\d+\/9\) cannot be used: .*ECONNREFUSED/,
      ),
      hint: expect.stringContaining('onFailure=miss'),
      cause: expect.any(Error),
    })
    await way.open()
    await vi.waitUntil(() => cache.get('key').then(Boolean, () => false), { timeout: 10_000, interval: 50 })
    expect(await cache.get('key')).toBe(1)
    expect(way.connections).toBe(1)
  })

  test('a connection that the server ends while it is idle is replaced unseen', async () => {
    await cache.set('key', 1)
    await way.cut()
    await way.open()
    await vi.waitUntil(() => way.connections === 0)
    // The client may not have heard yet.
    await vi.waitUntil(() => cache.get('key').then(Boolean, () => false), { timeout: 10_000, interval: 50 })
    expect(await cache.incr('key')).toBe(2)
  })

  test('one that hangs is as good as none', async () => {
    await cache.set('key', 1)
    const hasty = openCache(`${url}&patience=3`)
    await hasty.get('key')
    way.isMute = true
    await expect(hasty.get('key')).rejects.toThrow('no answer within 3 s')
    way.isMute = false
    await vi.waitUntil(() => hasty.get('key').then(Boolean, () => false), { timeout: 10_000, interval: 50 })
    way.isMute = true
    await hasty.close()
    way.isMute = false
  })

  test('with onFailure=miss nothing is found and nothing kept', async () => {
    const written = vi.spyOn(logger, 'error').mockImplementation(() => {})
    await forgiving.set('key', 1)
    await way.cut()
    expect(await forgiving.get('key')).toBeUndefined()
    expect(await forgiving.get('key', { default: 5 })).toBe(5)
    expect(await forgiving.getMany(['key'])).toEqual(new Map())
    expect(await forgiving.has('key')).toBe(false)
    expect(await forgiving.touch('key')).toBe(false)
    expect(await forgiving.delete('key')).toBe(false)
    expect(await forgiving.deleteMany(['key'])).toBe(0)
    await forgiving.set('key', 2)
    await forgiving.setMany({ key: 2 })
    await forgiving.clear()
    expect(await forgiving.add('key', 1)).toBe(true)
    expect(await forgiving.getOrSet('key', () => 'computed')).toBe('computed')
    await expect(forgiving.incr('key')).rejects.toThrow(CacheUnavailable)
    await expect(forgiving.update('key', () => 1)).rejects.toThrow(CacheUnavailable)
    await expect(forgiving.incrVersion('key')).rejects.toThrow(CacheKeyError)
    expect(written).toHaveBeenCalledTimes(1)
    expect(written.mock.calls[0]![1]).toMatch(
      /^The Redis server of the cache 'default' .*The site goes on without it\.$/,
    )
    await way.open()
    await vi.waitUntil(() => forgiving.get('key').then(Boolean, () => false), { timeout: 10_000, interval: 50 })
    expect(await forgiving.get('key')).toBe(1)
  })

  test('what the server refuses is told, with its words and without the password', async () => {
    if ('absent' in server) return
    const wrong = openCache(server.url.replace('//', '//ann:s3cret@'))
    await expect(wrong.get('key')).rejects.toMatchObject({ message: expect.stringContaining('WRONGPASS') })
    await expect(wrong.get('key')).rejects.not.toMatchObject({ message: expect.stringContaining('s3cret') })
    await wrong.close()
    const other = openCache(server.url.replace(/\d+$/, '4096'))
    await expect(other.get('key')).rejects.toThrow('DB index is out of range')
    await other.close()
  })

  test('a connection keeps no process alive', async () => {
    if ('absent' in server) return
    const script = `
      const { openCache } = await import('@nuages/cache')
      const cache = openCache('${server.url}?prefix=alive')
      await cache.set('key', 1)
      console.log(await cache.get('key'))
    `
    const options = { cwd: `${import.meta.dirname}/../../ratelimit`, timeout: 240_000 }
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], options)
    expect(stdout).toBe('1\n')
  }, 300_000)
})
