import { Decimal } from '@nuages/orm'
import { describe, expect, test, vi } from 'vitest'
import { type Cache, CacheKeyError, CacheValueError } from '../src/index.ts'

const long = `${'k'.repeat(300)}é`

const keys: readonly (readonly [what: string, key: string])[] = [
  ['letters', 'letters'],
  ['nothing', ''],
  ['spaces and colons', ' a : b '],
  ['unicode', 'ключ-鍵-🗝️'],
  ['unicode of 200 wide characters', '🗝️'.repeat(100)],
  ['301 characters', long],
  ['10,000 characters', 'x'.repeat(10_000)],
  ['control characters and NUL', 'a\0b\nc\r\x7f\x1b[2J'],
  ['half a surrogate pair', 'a\ud800b'],
  ['a path', '../../../etc/passwd'],
  ['what means something elsewhere', '%s\'";--*?[a-z]\\'],
  ['__proto__', '__proto__'],
]

const values: readonly (readonly [what: string, value: unknown])[] = [
  ['text', 'text'],
  ['no text', ''],
  ['unicode', 'Zoë 日本語 🍐 \u2028'],
  ['NUL and half a surrogate pair', 'a\0b\ud800c'],
  ['text that looks encoded', '~{"$":"bigint","of":"1"}'],
  ['0', 0],
  ['-0', -0],
  ['a fraction', 0.1],
  ['the largest exact number', Number.MAX_SAFE_INTEGER],
  ['NaN', Number.NaN],
  ['minus infinity', Number.NEGATIVE_INFINITY],
  ['null', null],
  ['false', false],
  ['a bigint', 2n ** 200n],
  ['a decimal', new Decimal('12345678901234567890.0100000000000000001')],
  ['bytes', new Uint8Array([0, 255, 128, 10])],
  ['no bytes', new Uint8Array()],
  ['a list', [1, [2, [null, 'x']], {}]],
  ['an object', { a: { b: [1n, new Uint8Array([1])] }, empty: {}, ['']: 1 }],
  [
    'an object with members that mean something',
    JSON.parse('{"__proto__":{"x":1},"$":"bigint","of":"1","constructor":2}'),
  ],
  ['an object of marks', { $: { $: 1n } }],
  ['an instant', Temporal.Instant.from('2026-05-01T10:00:00.123456789Z')],
  ['a moment in a zone', Temporal.ZonedDateTime.from('2026-05-01T10:00:00+02:00[Europe/Zurich]')],
  ['a date and time', Temporal.PlainDateTime.from('0001-01-01T00:00:00')],
  ['a date', Temporal.PlainDate.from('2026-02-28')],
  ['a time', Temporal.PlainTime.from('23:59:59.999999')],
  ['a month', Temporal.PlainYearMonth.from('2026-02')],
  ['a day of the year', Temporal.PlainMonthDay.from('02-29')],
  ['a duration', Temporal.Duration.from('P1Y2M3DT4H5M6.789S')],
]

export interface CacheCasesOptions {
  /** `query` is appended to the URL: `?timeout=1`. */
  readonly open: (query?: string) => Cache
  /** Whether the clock of this process says when entries end. */
  readonly ownClock: boolean
  readonly isShared: boolean
  /** Whether `open` heeds any query; where it does not, what is of the URL is tried elsewhere. */
  readonly options?: boolean
}

/** What every cache does, whatever keeps its entries. Each test starts with an empty cache. */
export function runCacheCases({ open, ownClock, isShared, options = true }: CacheCasesOptions): void {
  const fresh = async (query?: string): Promise<Cache> => {
    const cache = open(query)
    await cache.clear()
    return cache
  }

  describe('keys', () => {
    test.for(keys)('%s', async ([, key]) => {
      const cache = await fresh()
      expect(await cache.get(key)).toBeUndefined()
      await cache.set(key, { key })
      expect(await cache.get(key)).toEqual({ key })
      expect(await cache.has(key)).toBe(true)
      expect(await cache.getMany([key, 'other'])).toEqual(new Map([[key, { key }]]))
      expect(await cache.add(key, 1)).toBe(false)
      expect(await cache.touch(key)).toBe(true)
      expect(await cache.delete(key)).toBe(true)
      expect(await cache.delete(key)).toBe(false)
      expect(await cache.add(key, 1)).toBe(true)
      expect(await cache.incr(key)).toBe(2)
      expect(await cache.update(key, (value) => [value])).toEqual([2])
      expect(await cache.get(key)).toEqual([2])
    })

    test('are told apart, whatever they have in common', async () => {
      const cache = await fresh()
      const alike = [
        'a',
        'A',
        'a ',
        ' a',
        'a\0',
        'a\n',
        'ä',
        'a\u0308',
        'a\ud800',
        'a\udc00',
        'a\ufffd',
        `${long}1`,
        `${long}2`,
      ]
      await cache.setMany(alike.map((key, index) => [key, index] as const))
      expect([...(await cache.getMany(alike)).values()]).toEqual(alike.map((_, index) => index))
      expect(await cache.deleteMany(alike.slice(0, 6))).toBe(6)
      expect([...(await cache.getMany(alike)).keys()]).toEqual(alike.slice(6))
    })

    test('are text', async () => {
      const cache = await fresh()
      await expect(cache.get(1 as never)).rejects.toThrow(CacheKeyError)
      await expect(cache.set(undefined as never, 1)).rejects.toThrow(
        'The key of a cache is a text, not a value of type undefined.',
      )
    })
  })

  describe('values', () => {
    test.for(values)('%s', async ([, value]) => {
      const cache = await fresh()
      await cache.set('value', value)
      const read = await cache.get('value')
      expect(read).toStrictEqual(value)
      expect(String(read)).toBe(String(value))
      expect(await cache.getOrSet('value', 'other')).toStrictEqual(value)
      expect((await cache.getMany(['value'])).get('value')).toStrictEqual(value)
    })

    test('a null that is kept is null, and what is missing is not', async () => {
      const cache = await fresh()
      await cache.set('null', null)
      expect(await cache.get('null', { default: 'default' })).toBeNull()
      expect(await cache.get('missing', { default: 'default' })).toBe('default')
      expect(await cache.get('missing')).toBeUndefined()
      expect(await cache.has('null')).toBe(true)
      expect(await cache.getOrSet('null', () => 'computed')).toBeNull()
      expect(await cache.getMany(['null', 'missing'])).toEqual(new Map([['null', null]]))
      expect(await cache.add('null', 1)).toBe(false)
    })

    test('are copied, on their way in and out', async () => {
      const cache = await fresh()
      const value = { list: [1] }
      await cache.set('value', value)
      value.list.push(2)
      const read = (await cache.get<typeof value>('value'))!
      expect(read).toEqual({ list: [1] })
      read.list.push(3)
      expect(await cache.get('value')).toEqual({ list: [1] })
      const computed = await Promise.all([1, 2].map(() => cache.getOrSet('other', () => ({ list: [1] }))))
      computed[0]!.list.push(2)
      expect(computed[1]).toEqual({ list: [1] })
      expect(await cache.get('other')).toEqual({ list: [1] })
    })

    test('of three megabytes', async () => {
      const cache = await fresh()
      const text = 'añ🍐'.repeat(350_000)
      await cache.set('huge', text)
      expect((await cache.get('huge')) === text).toBe(true)
      const bytes = new Uint8Array(3_000_000).fill(200)
      await cache.set('huge', bytes)
      expect(Buffer.compare((await cache.get<Uint8Array>('huge'))!, bytes)).toBe(0)
    })

    test('that cannot be kept are refused, and what was there stays', async () => {
      const cache = await fresh()
      await cache.set('key', 1)
      const ring: unknown[] = []
      ring.push({ ring })
      class Row {
        id = 1
      }
      const refused: [value: unknown, message: string][] = [
        [undefined, "A cache cannot keep a value of type undefined (the value of 'key')."],
        [() => 1, 'a value of type function'],
        [{ list: [1, Symbol('x')] }, "a value of type symbol (list[1] of 'key')"],
        [[undefined], "a value of type undefined ([0] of 'key')"],
        [new Date(), 'an object of Date'],
        [new Map(), 'an object of Map'],
        [{ row: new Row() }, "an object of Row (row of 'key')"],
        [ring, 'an object that holds itself'],
      ]
      for (const [value, message] of refused) {
        await expect(cache.set('key', value)).rejects.toThrow(message)
        await expect(cache.set('key', value)).rejects.toThrow(CacheValueError)
      }
      expect(await cache.get('key')).toBe(1)
      await cache.set('key', { a: undefined, b: 1 })
      expect(await cache.get('key')).toStrictEqual({ b: 1 })
    })
  })

  describe('timeouts', () => {
    const over: readonly (number | Temporal.Duration)[] = [0, -1, -0.5, Temporal.Duration.from({ hours: -1 })]

    test.each(over)('%s keeps nothing, and takes out what was there', async (timeout) => {
      const cache = await fresh()
      await cache.set('set', 1)
      await cache.set('set', 2, { timeout })
      await cache.set('many', 1)
      await cache.setMany({ many: 2 }, { timeout })
      await cache.set('touched', 1)
      expect(await cache.touch('touched', { timeout })).toBe(true)
      expect(await cache.touch('touched', { timeout })).toBe(false)
      expect(await cache.add('added', 1, { timeout })).toBe(true)
      expect(await cache.getOrSet('computed', () => 5, { timeout })).toBe(5)
      await cache.set('updated', 1)
      await cache.update('updated', () => 2, { timeout })
      expect(await cache.getMany(['set', 'many', 'touched', 'added', 'computed', 'updated'])).toEqual(new Map())
    })

    test('null, a duration, a huge number: the entry is there', async () => {
      const cache = await fresh()
      const timeouts = [null, Temporal.Duration.from({ months: 1 }), 1e300, Number.POSITIVE_INFINITY, 0.9e9, 30]
      for (const [index, timeout] of timeouts.entries()) {
        const key = String(index)
        await cache.set(key, 1, { timeout })
        expect(await cache.get(key)).toBe(1)
        expect(await cache.touch(key, { timeout })).toBe(true)
        expect(await cache.incr(key)).toBe(2)
      }
    })

    test('a timeout that is none is refused', async () => {
      const cache = await fresh()
      await expect(cache.set('key', 1, { timeout: Number.NaN })).rejects.toThrow(
        'A timeout is a number of seconds, not NaN.',
      )
      await expect(cache.set('key', 1, { timeout: '5' as never })).rejects.toThrow(CacheValueError)
    })

    test("the URL's holds where none is given", async () => {
      if (!options) return
      const cache = await fresh('?timeout=0')
      await cache.set('key', 1)
      expect(await cache.has('key')).toBe(false)
      await cache.set('key', 1, { timeout: 30 })
      expect(await cache.has('key')).toBe(true)
    })

    test('an entry that is over is none', async () => {
      const cache = await fresh()
      if (ownClock) vi.useFakeTimers({ toFake: ['Date'] })
      try {
        const timeout = ownClock ? 60 : 3
        const ending = ['has', 'add', 'touch', 'update', 'getOrSet', 'delete', 'incr', 'touched', 'kept', 'get']
        await cache.setMany(
          ending.map((key) => [key, 1] as const),
          { timeout },
        )
        await cache.touch('touched', { timeout: 1000 })
        await cache.touch('kept', { timeout: null })
        if (ownClock) vi.setSystemTime(Date.now() + 61_000)
        else await vi.waitUntil(async () => !(await cache.has('get')), { timeout: 10_000, interval: 20 })
        expect(await cache.get('get')).toBeUndefined()
        expect(await cache.has('has')).toBe(false)
        expect(await cache.getMany(ending)).toEqual(
          new Map([
            ['touched', 1],
            ['kept', 1],
          ]),
        )
        expect(await cache.add('add', 2)).toBe(true)
        expect(await cache.get('add')).toBe(2)
        expect(await cache.touch('touch')).toBe(false)
        expect(await cache.update('update', (value) => String(value))).toBe('undefined')
        expect(await cache.getOrSet('getOrSet', () => 2)).toBe(2)
        expect(await cache.delete('delete')).toBe(false)
        await expect(cache.incr('incr')).rejects.toThrow(CacheKeyError)
        if (ownClock) vi.setSystemTime(Date.now() + 301_000)
        if (ownClock) expect(await cache.getMany(['add', 'update', 'getOrSet'])).toEqual(new Map())
      } finally {
        vi.useRealTimers()
      }
    })

    test('what changes an entry leaves its end as it was', async () => {
      const cache = await fresh()
      if (ownClock) vi.useFakeTimers({ toFake: ['Date'] })
      try {
        const timeout = ownClock ? 60 : 3
        await cache.setMany({ incr: 1, update: 1, big: 1, moved: 1 }, { timeout })
        await cache.incr('incr')
        await cache.incr('big', 2n ** 60n)
        await cache.update('update', () => 2)
        await cache.incrVersion('moved')
        expect(await cache.getMany(['incr', 'update'])).toEqual(
          new Map([
            ['incr', 2],
            ['update', 2],
          ]),
        )
        if (ownClock) vi.setSystemTime(Date.now() + 61_000)
        else
          await vi.waitUntil(async () => !(await cache.has('moved', { version: 2 })), { timeout: 10_000, interval: 20 })
        expect(await cache.getMany(['incr', 'update', 'big'])).toEqual(new Map())
        expect(await cache.has('moved', { version: 2 })).toBe(false)
      } finally {
        vi.useRealTimers()
      }
    })
  })

  describe('getOrSet', () => {
    test('computes once, however many ask at once, and again when it failed', async () => {
      const cache = await fresh()
      let calls = 0
      const compute = async () => {
        calls += 1
        await new Promise((resolve) => setImmediate(resolve))
        if (calls === 1) throw new Error('the first one fails')
        return { calls }
      }
      const failed = await Promise.allSettled(Array.from({ length: 5 }, () => cache.getOrSet('key', compute)))
      expect(failed.map(({ status }) => status)).toEqual(Array(5).fill('rejected'))
      expect(await cache.has('key')).toBe(false)
      const all = await Promise.all(Array.from({ length: 5 }, () => cache.getOrSet('key', compute)))
      expect(all).toEqual(Array(5).fill({ calls: 2 }))
      expect(await cache.getOrSet('key', compute)).toEqual({ calls: 2 })
    })

    test('keeps no undefined', async () => {
      const cache = await fresh()
      expect(await cache.getOrSet('key', () => undefined)).toBeUndefined()
      expect(await cache.has('key')).toBe(false)
      expect(await cache.getOrSet('key', null)).toBeNull()
      expect(await cache.has('key')).toBe(true)
    })

    test('inside of another one; inside of itself it says so', async () => {
      const cache = await fresh()
      expect(await cache.getOrSet('outer', () => cache.getOrSet('inner', () => 1))).toBe(1)
      const endless = cache.getOrSet('own', () => cache.getOrSet('own', () => 1))
      await expect(endless).rejects.toThrow("getOrSet('own') was called while that value is computed")
      expect(await cache.getOrSet('own', 2)).toBe(2)
    })
  })

  describe('incr', () => {
    test('counts, up and down', async () => {
      const cache = await fresh()
      await cache.set('n', 5)
      expect(await cache.incr('n')).toBe(6)
      expect(await cache.incr('n', 10)).toBe(16)
      expect(await cache.incr('n', -20)).toBe(-4)
      expect(await cache.decr('n')).toBe(-5)
      expect(await cache.decr('n', -5)).toBe(0)
      expect(await cache.incr('n', 0)).toBe(0)
      expect(await cache.get('n')).toBe(0)
    })

    test('of nothing, text, a fraction or null is an error', async () => {
      const cache = await fresh()
      await expect(cache.incr('none')).rejects.toThrow(CacheKeyError)
      await expect(cache.decr('none')).rejects.toThrow('has no such entry.')
      expect(await cache.has('none')).toBe(false)
      for (const value of ['5', 1.5, null, [1], '']) {
        await cache.set('key', value)
        await expect(cache.incr('key')).rejects.toThrow(CacheValueError)
        expect(await cache.get('key')).toEqual(value)
      }
      await cache.set('key', 1)
      await expect(cache.incr('key', 1.5)).rejects.toThrow("cache.incr('key') adds whole numbers, not 1.5.")
    })

    test('of numbers that are large', async () => {
      const cache = await fresh()
      await cache.set('n', Number.MAX_SAFE_INTEGER - 1)
      expect(await cache.incr('n')).toBe(Number.MAX_SAFE_INTEGER)
      await expect(cache.incr('n')).rejects.toThrow('more than a number holds exactly')
      expect(await cache.get('n')).toBe(Number.MAX_SAFE_INTEGER)
      expect(await cache.incr('n', 1n)).toBe(2n ** 53n)
      expect(await cache.incr('n', 2n ** 100n)).toBe(2n ** 100n + 2n ** 53n)
      expect(await cache.decr('n', 2n ** 100n)).toBe(2n ** 53n)
      await expect(cache.incr('n', 1)).rejects.toThrow(
        "cache.incr('n') found the bigint 9007199254740992, and adds a number.",
      )
    })
  })

  describe('update', () => {
    test('makes, changes and takes out', async () => {
      const cache = await fresh()
      expect(await cache.update('list', (value) => [...((value as number[] | undefined) ?? []), 1])).toEqual([1])
      expect(await cache.update('list', (value) => [...(value as number[]), 2])).toEqual([1, 2])
      expect(await cache.update('list', () => undefined)).toBeUndefined()
      expect(await cache.has('list')).toBe(false)
      expect(await cache.update('list', () => undefined)).toBeUndefined()
      const failing = cache.update('list', () => {
        throw new TypeError('no')
      })
      await expect(failing).rejects.toThrow(TypeError)
    })

    test('of many at once loses none', async () => {
      const cache = await fresh()
      const append = (index: number) =>
        cache.update('list', (value) => [...((value as number[] | undefined) ?? []), index])
      await Promise.all(Array.from({ length: 20 }, (_, index) => append(index)))
      expect((await cache.get<number[]>('list'))!.toSorted((a, b) => a - b)).toEqual(
        Array.from({ length: 20 }, (_, index) => index),
      )
    })
  })

  describe('many at once', () => {
    test('of no keys, and of a thousand', async () => {
      const cache = await fresh()
      expect(await cache.getMany([])).toEqual(new Map())
      expect(await cache.deleteMany([])).toBe(0)
      await cache.setMany({})
      const entries = new Map(Array.from({ length: 1100 }, (_, index) => [`key ${index}`, index]))
      await cache.setMany(entries)
      const read = await cache.getMany(new Set([...entries.keys(), 'none']))
      expect(read).toEqual(entries)
      expect([...read.keys()]).toEqual([...entries.keys()])
      expect(await cache.deleteMany([...entries.keys(), 'key 0', 'none'])).toBe(1100)
      expect(await cache.getMany(entries.keys())).toEqual(new Map())
    })

    test('add: one of them does', async () => {
      const cache = await fresh()
      const added = await Promise.all(Array.from({ length: 10 }, (_, index) => cache.add('key', index)))
      expect(added.filter(Boolean)).toHaveLength(1)
      expect(await cache.get('key')).toBe(added.indexOf(true))
    })

    test('incr: none is lost', async () => {
      const cache = await fresh()
      await cache.set('n', 0)
      await Promise.all(Array.from({ length: 25 }, () => cache.incr('n')))
      expect(await cache.get('n')).toBe(25)
    })
  })

  describe('versions and prefixes', () => {
    test('are told apart', async () => {
      const cache = await fresh()
      await cache.set('key', 'one')
      await cache.set('key', 'two', { version: 2 })
      expect(await cache.get('key')).toBe('one')
      expect(await cache.get('key', { version: 1 })).toBe('one')
      expect(await cache.get('key', { version: 2 })).toBe('two')
      expect(await cache.get('key', { version: 3 })).toBeUndefined()
      expect(await cache.delete('key', { version: 2 })).toBe(true)
      expect(await cache.incrVersion('key')).toBe(2)
      expect(await cache.has('key')).toBe(false)
      expect(await cache.get('key', { version: 2 })).toBe('one')
      expect(await cache.decrVersion('key', 1, { version: 2 })).toBe(1)
      expect(await cache.get('key')).toBe('one')
      await expect(cache.incrVersion('none')).rejects.toThrow(CacheKeyError)
      await cache.set('key', 'two', { version: 2 })
      await cache.clear()
      expect(await cache.getMany(['key'])).toEqual(new Map())
      expect(await cache.getMany(['key'], { version: 2 })).toEqual(new Map())
    })

    test('of the URL', async () => {
      const cache = await fresh()
      if (!isShared || !options) return
      const other = open('?prefix=other&version=7')
      await cache.set('key', 1)
      expect(await other.has('key')).toBe(false)
      await other.set('key', 2)
      expect(await cache.get('key')).toBe(1)
      expect(await open('?prefix=other').get('key', { version: 7 })).toBe(2)
      await other.clear()
      await other.close()
    })
  })

  test('is used again after it was closed', async () => {
    const cache = await fresh()
    await cache.close()
    await cache.set('key', 1)
    expect(await cache.get('key')).toBe(1)
    await cache.close()
    await cache.close()
  })

  test('says whether others see it', () => {
    expect(open().isShared).toBe(isShared)
  })
}
