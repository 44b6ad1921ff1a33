import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type FileContent, FileSystemStorage } from '../src/index.ts'

let root: string
let temporary: string
let elsewhere: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'nuages-files-'))
  temporary = mkdtempSync(join(tmpdir(), 'nuages-temporary-'))
  elsewhere = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'nuages-temporary-'))
})
afterEach(() => {
  for (const folder of [root, temporary, elsewhere]) rmSync(folder, { recursive: true })
})

/** A file on disk that nobody may read through this process. */
function onDisk(folder: string): FileContent {
  const temporaryPath = join(folder, 'a.upload')
  writeFileSync(temporaryPath, 'content', { mode: 0o600 })
  const unread = () => {
    throw new Error('It is not to be read.')
  }
  return { name: 'a', size: 7, temporaryPath, stream: unread, bytes: unread }
}

test.each([
  ['the same file system', () => temporary],
  ['another file system', () => elsewhere],
])('what is on disk on %s is stored without being read', async (_, folder) => {
  const storage = new FileSystemStorage({ root, baseUrl: '/media/' })
  const content = onDisk(folder())
  // Nothing is overwritten, and the upload can be stored again.
  for (const name of ['docs/a.txt', 'docs/a.txt']) {
    const stored = await storage.save(name, content)
    expect(readFileSync(storage.path(stored), 'utf8')).toBe('content')
    expect(statSync(storage.path(stored)).mode & 0o777).toBe(0o644)
  }
  rmSync(content.temporaryPath!)
  expect(readdirSync(join(root, 'docs'))).toHaveLength(2)
  for (const name of readdirSync(join(root, 'docs'))) {
    expect(readFileSync(join(root, 'docs', name), 'utf8')).toBe('content')
  }
})

test('where the file on disk is gone, the content itself is asked', async () => {
  const storage = new FileSystemStorage({ root, baseUrl: '/media/' })
  const content = {
    ...onDisk(temporary),
    stream: async function* () {
      yield Buffer.from('streamed')
    },
  }
  rmSync(content.temporaryPath!)
  expect(readFileSync(storage.path(await storage.save('a.txt', content)), 'utf8')).toBe('streamed')
})
