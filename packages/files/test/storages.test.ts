import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  ContentFile,
  type FileContent,
  FileNotFound,
  FileSystemStorage,
  MemoryStorage,
  type Storage,
  SuspiciousFileName,
} from '../src/index.ts'

// What every storage has to do, run against each.
const makers: Record<string, (root: string) => Storage> = {
  FileSystemStorage: (root) => new FileSystemStorage({ root: join(root, 'media'), baseUrl: '/media/' }),
  MemoryStorage: () => new MemoryStorage(),
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
      expect(() => storage.url(name)).toThrow(SuspiciousFileName)
    },
  )
})
