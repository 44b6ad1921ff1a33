import type { Settings } from '@nuages/core'
import { database } from '@nuages/orm'
import { makeMigrations } from '@nuages/orm/migrations'
import { type DatabaseFixtures, testDatabase } from '@nuages/testing'
import { test as base, expect } from 'vitest'
import { Session, sessions } from '../src/index.ts'
import settings from './project/settings.ts'

const test = base.extend<DatabaseFixtures>(testDatabase(settings as Settings))

test("the table is Django's", async () => {
  const sql = "SELECT sql FROM sqlite_master WHERE tbl_name = 'django_session' AND sql IS NOT NULL ORDER BY type DESC"
  const statements = (await database().all({ sql }, [])).map(([text]) => text)
  expect(statements).toEqual([
    'CREATE TABLE "django_session" ("session_key" varchar(40) NOT NULL PRIMARY KEY, "session_data" text NOT NULL, "expire_date" datetime NOT NULL)',
    'CREATE INDEX "django_session_expire_date_a5c62663" ON "django_session" ("expire_date")',
  ])
})

test('the migrations make the models as they are', async () => {
  const app = { label: 'sessions', models: [Session], migrationsDir: `${sessions.dir}/migrations` }
  expect(await makeMigrations({ apps: [app], dryRun: true })).toMatchObject({ changes: [] })
})
