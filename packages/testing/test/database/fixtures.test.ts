import { resetSetup } from '@nuages/core'
import { database } from '@nuages/orm'
import { DeserializationError } from '@nuages/orm/serializers'
import { afterAll, test as base, describe, expect } from 'vitest'
import { type DatabaseFixtures, TestDatabase, testDatabase } from '../../src/index.ts'
import settings from '../project/settings.ts'

const test = base.extend<DatabaseFixtures>(testDatabase(settings, { fixtures: ['books'] }))
const titles = async () => (await database().all({ sql: 'SELECT id, title FROM library_book ORDER BY id' }, [])).flat()

afterAll(resetSetup)

describe('fixtures', () => {
  for (const round of [1, 2]) {
    test(`are there at the beginning of each test (${round})`, async () => {
      expect(await titles()).toEqual([7, 'Dune', 9, 'Emma'])
      await database().run({ sql: 'DELETE FROM library_book' }, [])
    })
  }

  test('are in the default database alone', async () => {
    expect(await database('archive').all({ sql: 'SELECT count(*) FROM library_book' }, [])).toEqual([[0]])
  })

  test('may be loaded by a test, by a name or a path', async ({ database: fresh }) => {
    await database().run({ sql: 'DELETE FROM library_book' }, [])
    expect(await fresh.loadFixtures('books.json')).toBe(2)
    expect(await fresh.loadFixtures(`${settings.baseDir}/fixtures/books`)).toBe(2)
    expect(await titles()).toEqual([7, 'Dune', 9, 'Emma'])
    await expect(fresh.loadFixtures('bokks')).rejects.toThrow(/^There is no fixture 'bokks'\. Did you mean 'books'\?/)
  })
})

base('a fixture that is not there is told when the database is made', async () => {
  await expect(TestDatabase.create(settings, { fixtures: ['nothing'] })).rejects.toThrow(DeserializationError)
})
