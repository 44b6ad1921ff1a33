import { join } from 'node:path'
import { apps } from '@nuages/core'
import { makeMigrations } from '@nuages/orm/migrations'
import { expect, test } from 'vitest'
import './project/set-up.ts'

test('the migrations make what the models say', async () => {
  const described = ['contenttypes', 'auth', 'twofactor'].map((name) => {
    const { dir } = apps.get(name)
    return { label: name, models: apps.models(name), migrationsDir: join(dir, 'migrations') }
  })
  expect((await makeMigrations({ apps: described, dryRun: true })).changes).toEqual([])
})
