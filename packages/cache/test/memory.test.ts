import { describe, expect, test } from 'vitest'
import { openCache } from '../src/index.ts'
import { runCacheCases } from './cases.ts'

describe('memory', () => {
  runCacheCases({ open: (query = '') => openCache(`memory:${query}`), ownClock: true, isShared: false })

  test('keeps no more bytes than it may, and lets those go that nobody asked for the longest', async () => {
    const cache = openCache('memory:?maxBytes=100000')
    const text = 'x'.repeat(10_000)
    for (let index = 0; index < 20; index++) {
      await cache.set(`key ${index}`, text)
      await cache.get('key 0')
    }
    const kept = await cache.getMany(Array.from({ length: 20 }, (_, index) => `key ${index}`))
    expect(kept.size).toBeLessThan(10)
    expect(kept.size).toBeGreaterThan(6)
    expect(kept.has('key 0')).toBe(true)
    expect(kept.has('key 19')).toBe(true)
    expect(kept.has('key 1')).toBe(false)
  })

  test('does not keep what is larger than all it may keep, nor what was there before', async () => {
    const cache = openCache('memory:?maxBytes=1000')
    await cache.set('key', 'small')
    await cache.set('key', 'x'.repeat(2000))
    expect(await cache.get('key')).toBeUndefined()
  })

  test('updates at once, as it does with promises', async () => {
    const cache = openCache('memory:')
    const append = (value: unknown): number[] => [...((value as number[] | undefined) ?? []), 1]
    const first = cache.updateNow!('list', append, { timeout: 60 })
    expect(first).toEqual([1])
    first.push(9)
    expect(await cache.update('list', append)).toEqual([1, 1])
    expect(cache.updateNow!('list', () => undefined)).toBeUndefined()
    expect(await cache.has('list')).toBe(false)
    expect(() =>
      cache.updateNow!('list', () => {
        throw new TypeError('no')
      }),
    ).toThrow(TypeError)
    expect(openCache('file:/tmp').updateNow).toBeUndefined()
  })

  test('keeps no more entries than it may', async () => {
    const cache = openCache('memory:?maxEntries=3')
    for (const key of ['a', 'b', 'c', 'd']) await cache.set(key, 1)
    expect([...(await cache.getMany(['a', 'b', 'c', 'd'])).keys()]).toEqual(['b', 'c', 'd'])
  })
})
