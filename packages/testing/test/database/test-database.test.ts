import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { resetSetup } from '@nuages/core'
import { database, FileField } from '@nuages/orm'
import { afterAll, test as base, describe, expect } from 'vitest'
import {
  assertNumQueries,
  captureQueries,
  type DatabaseFixtures,
  QueryCountError,
  testDatabase,
} from '../../src/index.ts'
import settings from '../project/settings.ts'

const test = base.extend<DatabaseFixtures>(testDatabase(settings))
const countBooks = { sql: 'SELECT count(*) FROM library_book' }
const upload = new File(['x'], 'a.txt')
const addBook = { sql: 'INSERT INTO library_book (title) VALUES (?)' }

afterAll(resetSetup)

describe('each test', () => {
  for (const round of [1, 2, 3]) {
    test(`has the tables of the models, and they are empty (${round})`, async () => {
      expect(await database().all(countBooks, [])).toEqual([[0]])
      await database().run(addBook, [`Book ${round}`])
      expect(await database().all(countBooks, [])).toEqual([[1]])
    })
  }

  test('has every database of the settings', async () => {
    await database('archive').run(addBook, ['Old'])
    expect(await database('archive').all(countBooks, [])).toEqual([[1]])
    expect(await database().all(countBooks, [])).toEqual([[0]])
  })

  test('may ask for fresh databases in the middle', async ({ database: fresh }) => {
    await database().run(addBook, ['Gone'])
    await fresh.reset()
    expect(await database().all(countBooks, [])).toEqual([[0]])
  })

  for (const round of [1, 2]) {
    test(`keeps uploaded files apart from the project's and from each other (${round})`, async ({
      database: fresh,
    }) => {
      const storage = () => new FileField('file', {}).storage()
      expect(await storage().save('a.txt', upload)).toBe('a.txt')
      expect(await storage().save('a.txt', upload)).not.toBe('a.txt')
      await fresh.reset()
      expect(await storage().exists('a.txt')).toBe(false)
      expect(await storage().save('a.txt', upload)).toBe('a.txt')
      expect(existsSync(settings.mediaRoot)).toBe(false)
    })
  }

  test("never opens the project's own", () => {
    expect(existsSync(join(settings.baseDir, 'never-opened.sqlite3'))).toBe(false)
  })
})

describe('assertNumQueries', () => {
  test('gives back what the block gives', async () => {
    expect(await assertNumQueries(1, () => database().all(countBooks, []))).toEqual([[0]])
    expect(await assertNumQueries(0, () => 5)).toBe(5)
  })

  test('lists what ran', async () => {
    await expect(assertNumQueries(2, () => database().all(countBooks, []))).rejects.toThrow(QueryCountError)
    await expect(assertNumQueries(2, () => database().all(countBooks, []))).rejects.toThrow(
      '1 query ran, 2 expected:\n  1. SELECT count(*) FROM library_book',
    )
  })

  test('captureQueries tells the statements', async () => {
    const { queries } = await captureQueries(() => database().run(addBook, ['x']))
    expect(queries.map(({ sql }) => sql)).toEqual([addBook.sql])
  })
})
