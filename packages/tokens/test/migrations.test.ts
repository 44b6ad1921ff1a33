import { join } from 'node:path'
import { apps, type Settings } from '@nuages/core'
import { makeMigrations } from '@nuages/orm/migrations'
import { type DatabaseFixtures, testDatabase } from '@nuages/testing'
import { test as base, expect } from 'vitest'
import settings from './project/settings.ts'

const test = base.extend<DatabaseFixtures>(testDatabase(settings as Settings))

test('the migrations make the models as they are', async () => {
  const described = apps
    .all()
    .filter(({ name }) => apps.models(name).length > 0)
    .map(({ name, dir }) => ({ label: name, models: apps.models(name), migrationsDir: join(dir, 'migrations') }))
  expect((await makeMigrations({ apps: described, dryRun: true })).changes).toEqual([])
})
