import { expect, expectTypeOf, test } from 'vitest'
import {
  ContentFile,
  defaultStorage,
  type FileContent,
  isFileContent,
  MemoryStorage,
  setDefaultStorage,
} from '../src/index.ts'

test('the default storage is there once it was set', () => {
  expect(() => defaultStorage()).toThrow(/before the project was set up/)
  const storage = new MemoryStorage()
  setDefaultStorage(storage)
  expect(defaultStorage()).toBe(storage)
  setDefaultStorage(undefined)
  expect(() => defaultStorage()).toThrow(/before the project was set up/)
})

test('a content is told from what is none', async () => {
  const content = new ContentFile('é', 'a.txt', { contentType: 'text/plain' })
  expect([content.size, content.contentType, (await content.bytes()).length]).toEqual([2, 'text/plain', 2])
  expect([content, new File([], 'a')].every(isFileContent)).toBe(true)
  expect([null, 'a', {}, { name: 'a', size: 1 }, new Blob([])].some(isFileContent)).toBe(false)
  expectTypeOf<File>().toExtend<FileContent>()
})
