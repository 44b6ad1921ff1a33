import { execFile, execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ContentFile, FileSystemStorage, StorageError } from '../src/index.ts'
import { takeName, takeNameWithoutLinks } from '../src/take-name.ts'

let root: string
let storage: FileSystemStorage
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'nuages-files-'))
  storage = new FileSystemStorage({ root, baseUrl: () => '/mounted/media/' })
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

test('files lie where their names say, readable by a server in front, with nothing beside them', async () => {
  const before = process.umask(0o077)
  const name = await storage.save('covers/a.txt', new ContentFile('x', 'x'))
  process.umask(before)
  expect(storage.path(name)).toBe(join(root, 'covers', 'a.txt'))
  expect(readFileSync(storage.path(name), 'utf8')).toBe('x')
  expect(statSync(storage.path(name)).mode & 0o777).toBe(0o644)
  expect(readdirSync(join(root, 'covers'))).toEqual(['a.txt'])
  expect(storage.url(name)).toBe('/mounted/media/covers/a.txt')
})

test('a name is never taken twice by several processes that save at once', async () => {
  const code = `
    const { ContentFile, FileSystemStorage } = await import(${JSON.stringify(join(import.meta.dirname, '../src/index.ts'))})
    const storage = new FileSystemStorage({ root: ${JSON.stringify(root)}, baseUrl: '/' })
    const texts = Array.from({ length: 15 }, (_, index) => process.pid + ' ' + index)
    const names = await Promise.all(texts.map((text) => storage.save('same.txt', new ContentFile(text, 'x'))))
    console.log(JSON.stringify(names.map((name, index) => [name, texts[index]])))`
  const run = promisify(execFile)
  const written = await Promise.all(
    [1, 2, 3].map(
      async () =>
        JSON.parse((await run(process.execPath, ['--input-type=module', '-e', code])).stdout) as [string, string][],
    ),
  )
  const saved = new Map(written.flat())
  expect(saved.size).toBe(45)
  for (const [name, text] of saved) expect(readFileSync(join(root, name), 'utf8')).toBe(text)
  expect(readdirSync(root).sort()).toEqual([...saved.keys()].sort())
})

test('folders that are made have the permissions that were asked for, those that were there keep theirs', async () => {
  mkdirSync(join(root, 'covers'), { mode: 0o700 })
  const open = new FileSystemStorage({ root, baseUrl: '/', folderMode: 0o750, fileMode: 0o640 })
  const before = process.umask(0o077)
  const name = await open.save('covers/2026/11/a.txt', new ContentFile('x', 'x'))
  process.umask(before)
  const modes = ['covers', 'covers/2026', 'covers/2026/11', name].map((path) => statSync(join(root, path)).mode & 0o777)
  expect(modes).toEqual([0o700, 0o750, 0o750, 0o640])
})

test('a name is never taken twice, with links and without', async () => {
  for (const [index, take] of [takeName, takeNameWithoutLinks].entries()) {
    const path = join(root, `${index}.txt`)
    const taken = await Promise.all(
      Array.from({ length: 20 }, async (_, nth) => {
        const draft = join(root, `.${index}-${nth}.part`)
        writeFileSync(draft, String(nth))
        return (await take(draft, path)) ? nth : undefined
      }),
    )
    const winners = taken.filter((nth) => nth !== undefined)
    expect(winners).toHaveLength(1)
    expect(readFileSync(path, 'utf8')).toBe(String(winners[0]))
  }
  await expect(takeNameWithoutLinks(join(root, 'no.part'), join(root, 'new.txt'))).rejects.toThrow('ENOENT')
  expect(readdirSync(root)).not.toContain('new.txt')
})

test('lists neither drafts nor what was hidden there', async () => {
  for (const name of ['.a.part', '.hidden', 'a.txt']) writeFileSync(join(root, name), '')
  mkdirSync(join(root, '.git'))
  expect(await storage.listdir('')).toEqual({ folders: [], files: ['a.txt'] })
})

test('a folder that is a file is told as such', async () => {
  writeFileSync(join(root, 'covers'), '')
  const error = await storage.save('covers/a.txt', new ContentFile('x', 'x')).catch((thrown) => thrown)
  expect(error).toBeInstanceOf(StorageError)
  expect(error.message).toMatch(
    /^'covers\/a\.txt' was not saved in '.*': a file stands where a folder should \((EEXIST|ENOTDIR)\)\.$/,
  )
})

/** What a process prints that saves a file under `name`; one of root's gives up the privilege to write anywhere. */
function saveElsewhere(name: string, bytes: number, shell: string): string {
  const code = `
    const { ContentFile, FileSystemStorage } = await import(${JSON.stringify(join(import.meta.dirname, '../src/index.ts'))})
    const storage = new FileSystemStorage({ root: ${JSON.stringify(root)}, baseUrl: '/' })
    const error = await storage.save('${name}', new ContentFile(new Uint8Array(${bytes}), 'x')).catch((thrown) => thrown)
    process.stdout.write(error.code + ' ' + error.message)`
  const plainly = process.getuid?.() === 0 ? 'setpriv --bounding-set=-dac_override ' : ''
  const command = `${shell}exec ${plainly}"$0" --input-type=module -e "$1"`
  return execFileSync('bash', ['-c', command, process.execPath, code], { encoding: 'utf8' })
}

test('a folder without permission is told as such', () => {
  mkdirSync(join(root, 'covers'))
  chmodSync(join(root, 'covers'), 0o555)
  expect(saveElsewhere('covers/a.txt', 1, '')).toContain(': the process may not write there (EACCES).')
})

// A disk that takes no more, as a limit on the size of files: the file system answers in the middle of the writing.
test('a disk that takes no more is told as such, and keeps no half file', () => {
  const shown = saveElsewhere('a.bin', 200_000, 'ulimit -f 50; ')
  expect(shown).toBe(`storage-error 'a.bin' was not saved in '${root}': it is larger than a file may be there (EFBIG).`)
  expect(readdirSync(root)).toEqual([])
})
