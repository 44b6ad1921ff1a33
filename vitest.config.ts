import { availableParallelism } from 'node:os'
import { configDefaults, defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'
import { bundledProcesses } from './scripts/bundles-for-tests.ts'

const orm = 'packages/orm/test'

const onPostgres = { globalSetup: `${orm}/postgres-server.ts` }

/** Tests that start projects in processes of their own. */
const inProcesses = [
  'docs/test/**/*.test.ts',
  'packages/nuages/test/**/*.test.ts',
  'starter-project/test/{browser,server}/**/*.test.ts',
]

/** The tests of the ORM on one database; those of `others` are about another one. */
function ormOn(name: string, vendor: string, others: string[], test: object = {}): TestProjectInlineConfiguration {
  return {
    extends: true,
    test: {
      name: `orm on ${name}`,
      include: [`${orm}/**/*.test.ts`],
      exclude: [...configDefaults.exclude, ...others.map((folder) => `${orm}/${folder}/**`)],
      env: { NUAGES_TEST_VENDOR: vendor },
      ...test,
    },
  }
}

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Tests wait more than they compute, for sockets, browsers and databases: a core may have one more.
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        extends: true,
        test: {
          name: 'nuages',
          include: ['packages/*/test/**/*.test.ts', 'starter-project/test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, `${orm}/**`, 'packages/*/test/postgres/**', ...inProcesses],
        },
      },
      { extends: true, test: { name: 'projects', include: inProcesses, ...bundledProcesses } },
      {
        extends: true,
        test: { name: 'nuages on PostgreSQL', include: ['packages/*/test/postgres/**/*.test.ts'], ...onPostgres },
      },
      ormOn('SQLite', 'sqlite', ['**/postgres']),
      // What Django answers, and the SQLite file that it answers from, are the same whatever the database here.
      ormOn('PostgreSQL', 'postgresql', ['backends/sqlite', 'django'], onPostgres),
    ],
  },
})
