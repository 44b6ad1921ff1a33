import type { Settings } from '@nuages/core'
import { TestDatabase, type TestDatabaseOptions } from './test-database.ts'

/** The settings, or a module that exports them as `default`. */
export type SettingsSource = Settings | (() => Promise<{ readonly default: Settings }>)

type Use = (database: TestDatabase) => Promise<void>

/** What `base.extend` adds to a test's context. */
export type DatabaseFixtures = { readonly database: TestDatabase }

/** The fixture `database`, run for every test. */
export interface DatabaseFixture {
  readonly database: [fixture: (context: object, use: Use) => Promise<void>, options: { auto: true }]
}

/**
 * A vitest fixture that gives each test fresh databases:
 *
 * ```ts
 * import { test as base } from 'vitest'
 * import { type DatabaseFixtures, testDatabase } from 'nuages/testing'
 * import settings from '../settings.ts'
 *
 * const test = base.extend<DatabaseFixtures>(testDatabase(settings))
 * ```
 *
 * `testDatabase(settings, { fixtures: ['posts'] })` loads fixtures too, once: each test finds their rows as they were.
 *
 * The databases of a process are shared, so tests that use them do not run with `test.concurrent`. Where there is no
 * vitest, `TestDatabase` does the same by hand.
 */
export function testDatabase(source: SettingsSource, options: TestDatabaseOptions = {}): DatabaseFixture {
  let prepared: Promise<TestDatabase> | undefined
  return {
    database: [
      // vitest reads from the pattern which other fixtures are used: none.
      // biome-ignore lint/correctness/noEmptyPattern: see above
      async ({}, use) => {
        prepared ??= load(source).then((settings) => TestDatabase.create(settings, options))
        const database = await prepared
        await database.reset()
        await use(database)
      },
      { auto: true },
    ],
  }
}

async function load(source: SettingsSource): Promise<Settings> {
  return typeof source === 'function' ? (await source()).default : source
}
