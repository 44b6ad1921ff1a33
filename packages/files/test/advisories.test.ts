/** Django's security advisories that concern storages, each as a test that is named after it. */
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  ContentFile,
  type FileContent,
  FileSystemStorage,
  MemoryStorage,
  S3Storage,
  type SaveFileOptions,
  SuspiciousFileName,
} from '../src/index.ts'

let folder: string
let root: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nuages-advisories-'))
  root = join(folder, 'a/b/media')
})
afterEach(() => rmSync(folder, { recursive: true }))

const content = new ContentFile('x', 'x')
const outside = ['../a.txt', 'x/../../a.txt', '/tmp/a.txt', './../a.txt', '..', '../', 'x/..', '..\\a.txt', 'x\0/a.txt']

test.each(outside)('CVE-2021-45452: no storage saves under %j', async (name) => {
  const storages = [
    new FileSystemStorage({ root, baseUrl: '/media/' }),
    new MemoryStorage(),
    // It refuses before it asks any server.
    new S3Storage({ bucket: 'media', endpoint: 'http://127.0.0.1:1', prefix: 'x' }),
  ]
  for (const storage of storages) await expect(storage.save(name, content)).rejects.toThrow(SuspiciousFileName)
  expect(readdirSync(folder)).toEqual([])
})

test('CVE-2024-39330: a storage that makes names of its own is held to the folder all the same', async () => {
  class ByDay extends FileSystemStorage {
    override save(name: string, file: FileContent, options?: SaveFileOptions): Promise<string> {
      return super.save(`../${name}`, file, options)
    }
  }
  const storage = new ByDay({ root, baseUrl: '/media/' })
  await expect(storage.save('a.txt', content)).rejects.toThrow(SuspiciousFileName)
  expect(existsSync(join(folder, 'a/b/a.txt'))).toBe(false)
})

test('CVE-2026-25674: files and folders never have more permissions than they are to have, and the process keeps its own', async () => {
  const storage = new FileSystemStorage({ root, baseUrl: '/media/', fileMode: 0o600, folderMode: 0o700 })
  const seen: number[] = []
  const watched: FileContent = {
    ...content,
    name: 'a.txt',
    size: 1,
    bytes: () => content.bytes(),
    async *stream() {
      for (const name of readdirSync(root, { recursive: true }) as string[]) seen.push(statSync(join(root, name)).mode)
      seen.push(process.umask())
      yield Buffer.from('x')
    },
  }
  const before = process.umask(0)
  try {
    const names = await Promise.all(['secret/a.txt', 'secret/b.txt'].map((name) => storage.save(name, watched)))
    expect(process.umask()).toBe(0)
    for (const name of names) seen.push(statSync(storage.path(name)).mode)
  } finally {
    process.umask(before)
  }
  expect(seen.length).toBeGreaterThan(4)
  expect(seen.filter((mode) => (mode & 0o077) !== 0)).toEqual([])
  expect(statSync(root).mode & 0o777).toBe(0o700)
})
