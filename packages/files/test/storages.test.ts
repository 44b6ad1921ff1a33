import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  ContentFile,
  type FileContent,
  FileNotFound,
  FileSystemStorage,
  MemoryStorage,
  S3Storage,
  type Storage,
  SuspiciousFileName,
} from '../src/index.ts'
import { startS3, type TestS3 } from './s3-server.ts'

// What every storage has to do, run against each.
let servers: readonly TestS3[] = []
beforeAll(async () => {
  servers = await Promise.all([startS3({ isConditional: true }), startS3()])
})
afterAll(() => Promise.all(servers.map((server) => server.close())))

const inBucket = (server: number, root: string): Storage =>
  new S3Storage({ ...servers[server]!.options, prefix: `/tests/${basename(root)}/`, baseUrl: '/media/' })

const makers: Record<string, (root: string) => Storage> = {
  FileSystemStorage: (root) => new FileSystemStorage({ root: join(root, 'media'), baseUrl: '/media/' }),
  MemoryStorage: () => new MemoryStorage(),
  'S3Storage, where the server keeps conditions': (root) => inBucket(0, root),
  'S3Storage, where it does not': (root) => inBucket(1, root),
}

async function textOf(storage: Storage, name: string): Promise<string> {
  return Buffer.concat(await Array.fromAsync(storage.open(name))).toString()
}

describe.for(Object.entries(makers))('%s', ([, make]) => {
  let root: string
  let storage: Storage
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'nuages-files-'))
    storage = make(root)
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  test('keeps what it is given, under the name that it tells', async () => {
    const name = await storage.save('covers/2026/my cover.txt', new ContentFile('Dune', 'x'))
    expect(name).toBe('covers/2026/my_cover.txt')
    expect([await textOf(storage, name), await storage.size(name), await storage.exists(name)]).toEqual([
      'Dune',
      4,
      true,
    ])
    expect(storage.url(name)).toBe('/media/covers/2026/my_cover.txt')
    await storage.delete(name)
    await storage.delete(name)
    expect(await storage.exists(name)).toBe(false)
  })

  test('keeps empty files and large ones', async () => {
    const large = new Uint8Array(1_000_003).map((_, index) => index % 251)
    for (const bytes of [new Uint8Array(), large]) {
      const name = await storage.save('a.bin', new ContentFile(bytes, 'x'))
      expect(Buffer.concat(await Array.fromAsync(storage.open(name))).equals(bytes)).toBe(true)
    }
  })

  test('takes the File of the platform', async () => {
    const file: FileContent = new File(['hel', 'lo'], 'a.txt')
    expect(await textOf(storage, await storage.save(file.name, file))).toBe('hello')
  })

  test('never overwrites, however many come at once', async () => {
    const texts = Array.from({ length: 40 }, (_, index) => `content ${index}`)
    const names = await Promise.all(texts.map((text) => storage.save('same.txt', new ContentFile(text, 'x'))))
    expect(new Set(names).size).toBe(40)
    expect(names).toContain('same.txt')
    expect(await Promise.all(names.map((name) => textOf(storage, name)))).toEqual(texts)
  })

  test('keeps nothing of a content that breaks off', async () => {
    const broken: FileContent = {
      ...new ContentFile('', 'x'),
      size: 6,
      bytes: async () => new Uint8Array(),
      async *stream() {
        yield Buffer.from('abc')
        throw new Error('the client went away')
      },
    }
    await expect(storage.save('a.txt', broken)).rejects.toThrow('the client went away')
    expect(await storage.exists('a.txt')).toBe(false)
    expect(await storage.save('a.txt', new ContentFile('x', 'x'))).toBe('a.txt')
  })

  test('tells when it was given a file', async () => {
    const before = Temporal.Now.instant().subtract({ seconds: 2 })
    const name = await storage.save('a.txt', new ContentFile('x', 'x'))
    const stored = await storage.getModifiedTime(name)
    expect(Temporal.Instant.compare(before, stored)).toBe(-1)
    expect(Temporal.Instant.compare(stored, Temporal.Now.instant().add({ seconds: 2 }))).toBe(-1)
    await expect(storage.getModifiedTime('no.txt')).rejects.toThrow(FileNotFound)
  })

  test('lists what is in a folder, and nothing where there is none', async () => {
    expect(await storage.listdir('')).toEqual({ folders: [], files: [] })
    for (const name of ['b.txt', 'a.txt', 'covers/1.png', 'covers/2026/2.png', 'covers/2026/3.png', 'papers/x.pdf']) {
      await storage.save(name, new ContentFile('x', 'x'))
    }
    expect(await storage.listdir('')).toEqual({ folders: ['covers', 'papers'], files: ['a.txt', 'b.txt'] })
    expect(await storage.listdir('covers')).toEqual({ folders: ['2026'], files: ['1.png'] })
    expect(await storage.listdir('covers/2026')).toEqual({ folders: [], files: ['2.png', '3.png'] })
    expect(await storage.listdir('cover')).toEqual({ folders: [], files: [] })
    await expect(storage.listdir('../..')).rejects.toThrow(SuspiciousFileName)
  })

  test('keeps names of every script', async () => {
    const names = ['표지/데미안.png', 'naïve/Ünïcode+plus.txt', 'a/50%_off.txt', 'a/q.tar.gz', '日本/𠮷.txt']
    for (const name of names)
      expect(await storage.save(name, new ContentFile(name, 'x'))).toBe(name.replace('+', '').replace('%', ''))
    expect(await storage.listdir('표지')).toEqual({ folders: [], files: ['데미안.png'] })
    expect((await storage.listdir('')).folders).toEqual(['a', 'naïve', '日本', '표지'].sort())
    expect(await textOf(storage, '日本/𠮷.txt')).toBe('日本/𠮷.txt')
    expect(storage.url('표지/데미안.png')).toBe(`/media/${encodeURI('표지/데미안.png')}`)
  })

  test('stops reading when nobody wants more', async () => {
    await storage.save('a.bin', new ContentFile(new Uint8Array(500_000), 'x'))
    for await (const chunk of storage.open('a.bin')) {
      expect(chunk.byteLength).toBeGreaterThan(0)
      break
    }
    await storage.delete('a.bin')
  })

  test('keeps to the length that a column has', async () => {
    const name = await storage.save(`${'a'.repeat(99)}.txt`, new ContentFile('1', 'x'), { maxLength: 20 })
    const other = await storage.save(`${'a'.repeat(99)}.txt`, new ContentFile('2', 'x'), { maxLength: 20 })
    expect([name.length, other.length, name === other]).toEqual([20, 20, false])
  })

  test('says what is not there', async () => {
    await expect(textOf(storage, 'no/no.txt')).rejects.toThrow(FileNotFound)
    await expect(storage.size('no.txt')).rejects.toThrow(FileNotFound)
    expect(await storage.exists('no/no.txt')).toBe(false)
    await storage.save('folder/a.txt', new ContentFile('x', 'x'))
    await expect(storage.size('folder')).rejects.toThrow(FileNotFound)
    await expect(textOf(storage, 'folder')).rejects.toThrow(FileNotFound)
    expect(await storage.exists('folder')).toBe(false)
    expect(await storage.exists('folder/a.txt/b.txt')).toBe(false)
  })

  test.for(['../a.txt', '/etc/passwd', 'a/../../b', '..', '', 'a\0b', '..\\a.txt'])(
    'has nothing for %j',
    async (name) => {
      await expect(storage.exists(name)).rejects.toThrow(SuspiciousFileName)
      await expect(storage.size(name)).rejects.toThrow(SuspiciousFileName)
      await expect(storage.delete(name)).rejects.toThrow(SuspiciousFileName)
      await expect(textOf(storage, name)).rejects.toThrow(SuspiciousFileName)
      await expect(storage.getModifiedTime(name)).rejects.toThrow(SuspiciousFileName)
      if (name !== '') await expect(storage.listdir(name)).rejects.toThrow(SuspiciousFileName)
      expect(() => storage.url(name)).toThrow(SuspiciousFileName)
    },
  )
})
