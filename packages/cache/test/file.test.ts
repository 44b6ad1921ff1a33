import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { logger } from '@nuages/core'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Cache, CacheUnavailable, openCache } from '../src/index.ts'
import { runCacheCases } from './cases.ts'

const baseDir = mkdtempSync(join(tmpdir(), 'nuages-cache-'))
afterAll(() => rmSync(baseDir, { recursive: true, force: true }))

describe('files', () => {
  runCacheCases({ open: (query = '') => openCache(`file:cases${query}`, { baseDir }), ownClock: true, isShared: true })
})

describe('a file cache', () => {
  const folder = join(baseDir, 'own')
  let cache: Cache
  beforeEach(() => {
    rmSync(folder, { recursive: true, force: true })
    cache = openCache('file:own', { baseDir })
  })

  const files = () => readdirSync(folder).map((name) => join(folder, name))

  test('tells nothing by the names of its files, and makes no folder before it is written to', async () => {
    expect(await cache.get('key')).toBeUndefined()
    expect(await cache.has('key')).toBe(false)
    expect(() => readdirSync(folder)).toThrow('ENOENT')
    await cache.set('secret name', 1)
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/^[0-9a-f]{64}\.cache$/)])
  })

  test('passes over a file that is not whole, or not its own', async () => {
    logger.level = 'silent'
    await cache.set('key', 'x'.repeat(1000))
    const [file] = files()
    const content = readFileSync(file!, 'utf8')
    for (const broken of [
      '',
      '\n',
      '{}\n1',
      'gASVBQAAAAAAAABLAS4=',
      content.slice(0, 10),
      content.slice(0, 500),
      content.replace(':1:key', ':1:other'),
    ]) {
      writeFileSync(file!, broken)
      expect(await cache.get('key')).toBeUndefined()
      expect(await cache.getMany(['key'])).toEqual(new Map())
      expect(await cache.getOrSet('key', () => 'new')).toBe('new')
    }
    truncateSync(file!, 3)
    expect(await cache.add('key', 'again')).toBe(true)
    expect(await cache.get('key')).toBe('again')
  })

  test('never runs what it reads', async () => {
    logger.level = 'silent'
    await cache.set('key', 1)
    const [file] = files()
    const line = readFileSync(file!, 'utf8').split('\n')[0]
    for (const value of [
      '~{"$":"constructor","of":"x"}',
      '~{"$":"__proto__","of":"x"}',
      '(()=>1)()',
      '~{"$":"Instant","of":"no moment"}',
      '~{"$":"bigint","of":"x"}',
    ]) {
      writeFileSync(file!, `${line}\n${value}`)
      expect(await cache.get('key')).toBeUndefined()
    }
    writeFileSync(file!, `${line}\n{"__proto__":{"polluted":true}}`)
    const read = (await cache.get<Record<string, unknown>>('key'))!
    expect(Object.keys(read)).toEqual(['__proto__'])
    expect(read['polluted']).toBeUndefined()
  })

  test('is culled: what is over goes first', async () => {
    const small = openCache('file:own?maxEntries=20&cullFrequency=2', { baseDir })
    vi.useFakeTimers({ toFake: ['Date'] })
    try {
      for (let index = 0; index < 10; index++) await small.set(`over ${index}`, 1, { timeout: 1 })
      for (let index = 0; index < 10; index++) await small.set(`live ${index}`, 1, { timeout: null })
      vi.setSystemTime(Date.now() + 2000)
      await small.set('one more', 1)
      expect(files()).toHaveLength(11)
      expect((await small.getMany(Array.from({ length: 10 }, (_, index) => `live ${index}`))).size).toBe(10)
      for (let index = 0; index < 100; index++) await small.set(`more ${index}`, 1, { timeout: null })
      expect(files().length).toBeLessThanOrEqual(20)
      expect(files().length).toBeGreaterThan(2)
    } finally {
      vi.useRealTimers()
    }
  })

  test('clear takes its own files, and what killed processes left half written', async () => {
    await cache.set('key', 1)
    writeFileSync(join(folder, 'notes.txt'), 'mine')
    writeFileSync(join(folder, 'old.tmp'), '')
    writeFileSync(join(folder, 'new.tmp'), '')
    utimesSync(join(folder, 'old.tmp'), 0, 0)
    await cache.clear()
    expect(readdirSync(folder).sort()).toEqual(['new.tmp', 'notes.txt'])
  })

  test('a lock that a killed process left is broken', async () => {
    await cache.set('n', 1)
    const lock = files()[0]!.replace(/cache$/, 'lock')
    const child = spawn(process.execPath, ['-e', ''])
    await once(child, 'exit')
    writeFileSync(lock, `${child.pid} ${hostname()} token`)
    expect(await cache.incr('n')).toBe(2)
    writeFileSync(lock, `1 another-machine token`)
    utimesSync(lock, 1, 1)
    expect(await cache.incr('n')).toBe(3)
    // One who was killed while it broke a lock.
    writeFileSync(lock, `${child.pid} ${hostname()} token`)
    writeFileSync(`${lock}.break`, '')
    utimesSync(`${lock}.break`, 1, 1)
    expect(await cache.incr('n')).toBe(4)
    expect(readdirSync(folder)).toHaveLength(1)
  })

  test('a folder that cannot be used is told, and what to do', async () => {
    mkdirSync(baseDir, { recursive: true })
    writeFileSync(join(baseDir, 'occupied'), 'a file')
    const wrong = openCache('file:occupied/cache', { baseDir })
    await expect(wrong.set('key', 1)).rejects.toThrow(CacheUnavailable)
    await expect(wrong.get('key')).rejects.toMatchObject({
      message: expect.stringContaining('ENOTDIR'),
      hint: expect.stringContaining("read and write '"),
    })
    logger.level = 'silent'
    const forgiving = openCache('file:occupied/cache?onFailure=miss', { baseDir })
    expect(await forgiving.get('key')).toBeUndefined()
    expect(await forgiving.getOrSet('key', () => 1)).toBe(1)
  })
})
