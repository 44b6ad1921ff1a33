import { openCache } from '@nuages/cache'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { parseRate, RateLimiter } from '../src/index.ts'

const start = Date.parse('2026-05-01T12:00:00Z')

function at(seconds: number): void {
  vi.setSystemTime(start + seconds * 1000)
}

describe('a rate', () => {
  test.for([
    ['5/m', { limit: 5, period: 60 }],
    ['100/10m', { limit: 100, period: 600 }],
    ['0/s', { limit: 0, period: 1 }],
    ['1000/d', { limit: 1000, period: 86_400 }],
  ] as const)('%s', ([text, rate]) => {
    expect(parseRate(text)).toEqual(rate)
  })

  test.for(['', '5', '5/', 'm', '5/y', '-5/m', '5/0m', '1.5/m', '5/m ', '5 / m'])("'%s' is none", (text) => {
    expect(() => parseRate(text)).toThrow(`'${text}' is no rate.`)
  })
})

describe('a limiter', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] })
    at(0)
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  const limiterOf = (rate: string) => new RateLimiter({ scope: 'test', rate, cache: openCache('memory:') })

  test('allows what the rate says, and says when there is more', async () => {
    const limiter = limiterOf('3/m')
    expect(await limiter.peek('ann')).toEqual({ allowed: true, limit: 3, remaining: 3, retryAfter: 0, resetAfter: 60 })
    expect(await limiter.hit('ann')).toEqual({ allowed: true, limit: 3, remaining: 2, retryAfter: 0, resetAfter: 65 })
    at(10)
    expect(await limiter.hit('ann')).toMatchObject({ allowed: true, remaining: 1, resetAfter: 55 })
    expect(await limiter.hit('ann')).toMatchObject({ allowed: true, remaining: 0, resetAfter: 55 })
    expect(await limiter.hit('ann')).toEqual({ allowed: false, limit: 3, remaining: 0, retryAfter: 55, resetAfter: 55 })
    expect(await limiter.peek('ann')).toMatchObject({ allowed: false, retryAfter: 55 })
    expect(await limiter.hit('ben')).toMatchObject({ allowed: true, remaining: 2 })
    at(64)
    expect(await limiter.hit('ann')).toMatchObject({ allowed: false, retryAfter: 1 })
    at(65)
    expect(await limiter.hit('ann')).toMatchObject({ allowed: true, remaining: 0, resetAfter: 10 })
    await limiter.reset('ann')
    expect(await limiter.peek('ann')).toMatchObject({ remaining: 3 })
  })

  test('takes hits back, the last ones first, and no more than there are', async () => {
    const limiter = limiterOf('3/m')
    await limiter.refund('ann')
    expect(await limiter.peek('ann')).toMatchObject({ remaining: 3 })
    await limiter.hit('ann')
    at(30)
    await limiter.hit('ann', { cost: 2 })
    await limiter.refund('ann')
    expect(await limiter.peek('ann')).toMatchObject({ allowed: true, remaining: 1, resetAfter: 35 })
    await limiter.refund('ann', { cost: 2 })
    expect(await limiter.peek('ann')).toMatchObject({ remaining: 3, resetAfter: 60 })
    await limiter.hit('ann')
    await limiter.refund('ann', { cost: 5 })
    expect(await limiter.peek('ann')).toMatchObject({ remaining: 3 })
    await expect(limiter.refund('ann', { cost: -1 })).rejects.toThrow('A hit costs a whole number above 0, not -1.')
  })

  test('gives hits back, the last ones first and never more than there are', async () => {
    const limiter = limiterOf('3/m')
    await limiter.hit('ann')
    at(10)
    await limiter.hit('ann', { cost: 2 })
    await limiter.refund('ann')
    expect(await limiter.peek('ann')).toMatchObject({ remaining: 1 })
    at(65)
    expect(await limiter.peek('ann')).toMatchObject({ remaining: 2 })
    await limiter.refund('ann', { cost: 10 })
    expect(await limiter.hit('ann')).toMatchObject({ remaining: 2 })
    await limiter.refund('nobody')
    expect(await limiter.peek('nobody')).toMatchObject({ remaining: 3 })
  })

  test('never allows more within a period, however the hits are spread', async () => {
    const limiter = limiterOf('10/m')
    const allowed: number[] = []
    let random = 1
    for (let second = 0; second < 600; second += (random % 7) / 3) {
      random = (random * 48_271) % 2_147_483_647
      at(second)
      if ((await limiter.hit('ann')).allowed) allowed.push(second)
    }
    for (const first of allowed)
      expect(allowed.filter((each) => each >= first && each < first + 60).length).toBeLessThanOrEqual(10)
    // And it is no stricter than a slice makes it.
    expect(allowed.length).toBeGreaterThan((600 / 65) * 10 - 10)
  })
})
