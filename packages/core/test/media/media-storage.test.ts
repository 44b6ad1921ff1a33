import { join } from 'node:path'
import { defaultStorage, type FileSystemStorage } from '@nuages/files'
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
