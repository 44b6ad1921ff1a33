import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  ContentFile,
  defaultStorage,
  type FileContent,
  type FileSystemStorage,
  MemoryStorage,
  storages,
} from '@nuages/files'
import { UploadedFile } from '@nuages/http'
import { withScriptPrefix } from '@nuages/urls'
import { beforeEach, expect, test } from 'vitest'
import { resetSetup, setup, storeMediaIn } from '../../src/index.ts'
import { projectSettings } from '../project/settings.ts'

beforeEach(resetSetup)

test('uploaded files are kept in media of the project, and their URLs follow the mount', async () => {
  expect(() => defaultStorage()).toThrow(/before the project was set up/)
  const settings = projectSettings({})
  await setup(settings)
  const storage = defaultStorage() as FileSystemStorage
  expect(storage.root).toBe(join(settings.baseDir, 'media'))
  expect(storage.url('a b.png')).toBe('/media/a%20b.png')
  expect(withScriptPrefix('/blog', () => storage.url('a.png'))).toBe('/blog/media/a.png')
  await resetSetup()
  expect(() => defaultStorage()).toThrow(/before the project was set up/)
})

test('settings name another folder, relative to the project, and another server', async () => {
  const settings = projectSettings({ mediaRoot: '../uploads', mediaUrl: 'https://cdn.example.com/' })
  expect(settings.mediaRoot).toBe(join(settings.baseDir, '../uploads'))
  await setup(settings)
  expect(defaultStorage().url('a.png')).toBe('https://cdn.example.com/a.png')
  storeMediaIn('/tmp/elsewhere')
  expect((defaultStorage() as FileSystemStorage).root).toBe('/tmp/elsewhere')
  expect(defaultStorage().url('a.png')).toBe('https://cdn.example.com/a.png')
})

test('an upload is a content that storages take', async () => {
  await setup(projectSettings({}))
  const root = mkdtempSync(join(tmpdir(), 'nuages-media-'))
  storeMediaIn(root)
  const upload: FileContent = new UploadedFile('../my photo.png', 'image/png', [Buffer.from('ab'), Buffer.from('c')])
  const name = await defaultStorage().save('photos/my photo.png', upload)
  expect(Buffer.concat(await Array.fromAsync(defaultStorage().open(name))).toString()).toBe('abc')
  expect([name, await defaultStorage().size(name)]).toEqual(['photos/my_photo.png', 3])
  rmSync(root, { recursive: true })
})

test('settings name other storages, by alias, and tests keep the files of all of them to themselves', async () => {
  const [main, papers] = [new MemoryStorage(), new MemoryStorage()]
  await setup(projectSettings({ storages: { default: main, papers } }))
  expect([defaultStorage(), storages.get('papers')]).toEqual([main, papers])
  expect(() => storages.get('paper')).toThrow("There is no storage 'paper'. Did you mean 'papers'?")
  const root = mkdtempSync(join(tmpdir(), 'nuages-media-'))
  storeMediaIn(root)
  await storages.get('papers').save('a.txt', new ContentFile('a', 'a.txt'))
  await defaultStorage().save('b.txt', new ContentFile('b', 'b.txt'))
  expect([main.names, papers.names]).toEqual([[], []])
  expect(await defaultStorage().listdir('')).toEqual({ folders: [], files: ['b.txt'] })
  rmSync(root, { recursive: true })
})

test('what is no storage is refused', () => {
  expect(() => projectSettings({ storages: { default: {} as MemoryStorage } })).toThrow(/storages\.default/)
})
