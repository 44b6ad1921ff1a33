import { defineSettings, resetSetup } from '@nuages/core'
import { database } from '@nuages/orm'
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { TestDatabase } from '../../src/index.ts'
import { library } from '../project/app.ts'

// Who provides it is the set-up of the ORM's tests.
const server = inject('postgres' as never) as { url: string } | { absent: string }
const absent = 'absent' in server
const url = (name: string) => Object.assign(new URL(absent ? 'postgres://none' : server.url), { pathname: name }).href
const site = `site ${process.pid}`

const addBook = { sql: 'INSERT INTO library_book (title) VALUES ($1)' }
const countBooks = { sql: 'SELECT count(*) FROM library_book' }
let fresh: TestDatabase

beforeAll(async () => {
  if (absent) return
  fresh = await TestDatabase.create(
    defineSettings({
      baseDir: import.meta.dirname,
      secretKey: 'only-for-tests-0123456789-abcdefgh',
      installedApps: [library],
      databases: { default: url(site), archive: 'sqlite:never-opened.sqlite3' },
      logging: { level: 'silent' },
    }),
  )
})
beforeEach(async (context) => {
  if (absent) context.skip(server.absent)
  await fresh.reset()
})
afterAll(async () => {
  if (absent) return
  await fresh.close()
  await resetSetup()
})

test.each([1, 2])('each test has the tables of the models, on PostgreSQL, and they are empty (%d)', async () => {
  expect(database().vendor).toBe('postgresql')
  expect(await database().all(countBooks, [])).toEqual([[0]])
  await database().run(addBook, ['One'])
})

test('an alias on SQLite stays one', async () => {
  expect(database('archive').vendor).toBe('sqlite')
  expect(await database('archive').all(countBooks, [])).toEqual([[0]])
})

test("the project's own database is neither opened nor made", async () => {
  const named = { sql: 'SELECT datname, datname = current_database() FROM pg_database WHERE strpos(datname, $1) > 0' }
  expect(await database().all(named, [site])).toEqual([[expect.stringMatching(`^test_${site}`), true]])
})
