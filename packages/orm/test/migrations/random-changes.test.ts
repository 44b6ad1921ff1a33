import { join } from 'node:path'
import { env } from 'node:process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { closeDatabases, configureDatabases, database } from '../../src/backends/registry.ts'
import type { TableSchema } from '../../src/backends/schema.ts'
import type { MigrationApp } from '../../src/migrations/app.ts'
import { migrate, type PlannedMigration, sqlMigrate } from '../../src/migrations/index.ts'
import { anotherDatabase, useTemporaryDatabase, vendor } from '../temporary-database.ts'
import { make, project } from './project.ts'
import { evolve } from './random-evolution.ts'
import { declare, questionerOf } from './random-models.ts'
import { type Change, nothing, type ProjectSpec, versions } from './random-project.ts'
import { emptied, Tables } from './random-rows.ts'

const place = useTemporaryDatabase()

let run = 0

test('any models become any others: the tables are those of a new database, rows stay, and back at zero nothing is left', async () => {
  await useThreeDatabases()
  await fc.assert(
    fc.asyncProperty(versions, fc.nat(4), async (steps, middle) => {
      const dir = join(place.dir, `run-${++run}`)
      await emptyDatabases()
      const history = await walk(dir, steps)
      const last = history.at(-1)!
      expect(await tablesOf('by_hand')).toEqual(last.tables)
      // A project that starts with these models, on a new database.
      const fresh = project(join(dir, 'fresh'), declare(last.spec))
      await make(fresh, { questioner: questionerOf(nothing, last.spec) })
      await migrate({ apps: fresh, database: 'fresh' })
      expect(last.tables).toEqual(await tablesOf('fresh'))
      // Back to the middle, forwards again, and all the way back: to add again what was removed, tables must be empty.
      await database().script(emptied(last.tables.map(({ name }) => name)))
      const half = history[middle % history.length]!
      for (const [app, name] of half.leaves) await migrate({ apps: last.apps, app, name })
      expect(await tablesOf('default')).toEqual(half.tables)
      await migrate({ apps: last.apps })
      expect(await tablesOf('default')).toEqual(last.tables)
      for (const { label } of last.apps) await migrate({ apps: last.apps, app: label, name: 'zero' })
      expect(await tablesOf('default')).toEqual([])
    }),
    // By hand with more runs, or with the seed of a run that failed.
    {
      numRuns: Number(env.RANDOM_RUNS ?? 10),
      ...(env.RANDOM_SEED ? { seed: Number(env.RANDOM_SEED), endOnFailure: true } : {}),
    },
  )
}, 3_600_000)

interface Point {
  readonly spec: ProjectSpec
  readonly apps: readonly MigrationApp[]
  readonly tables: readonly TableSchema[]
  /** The last migration of each app, or `zero`. */
  readonly leaves: ReadonlyMap<string, string>
}

/** Each version's migrations are made and run on a database with rows, and their SQL by hand on one without. */
async function walk(dir: string, steps: readonly (readonly Change[])[]): Promise<Point[]> {
  const history: Point[] = []
  let spec = nothing
  let before: Tables | undefined
  for (const changes of steps) {
    const next = evolve(spec, changes)
    const apps = project(dir, declare(next))
    await make(apps, { questioner: questionerOf(spec, next) })
    const rows = await before?.read()
    const ran = await migrate({ apps })
    await runByHand(apps, ran, changes)
    expect((await make(apps, { check: true })).changes).toEqual([])
    const tables = new Tables(next, apps)
    if (rows) expectKept(rows, await tables.read())
    await tables.fill(spec)
    const leaves = new Map(apps.map(({ label }) => [label, history.at(-1)?.leaves.get(label) ?? 'zero']))
    for (const { app, name } of ran) leaves.set(app, name)
    history.push({ spec: next, apps, tables: await tablesOf('default'), leaves })
    before = tables
    spec = next
  }
  return history
}

/**
 * Runs the SQL that sqlmigrate shows. It names what leads to a key as the database has it, which a migration that also renames
 * that does not find: such a one is migrated.
 */
async function runByHand(
  apps: readonly MigrationApp[],
  ran: readonly PlannedMigration[],
  changes: readonly Change[],
): Promise<void> {
  const isShown = !changes.some(({ what }) => what === 'alterKey')
  for (const { app, name } of isShown ? ran : []) {
    await database('by_hand').script(runnable(await sqlMigrate({ apps, app, name, database: 'by_hand' })))
    await migrate({ apps, app, name, database: 'by_hand', fake: true })
  }
  await migrate({ apps, database: 'by_hand' })
}

/** What has the same signature in both has the same values; a model has the same rows. */
function expectKept(before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>): void {
  const both = [...before].filter(([key]) => after.has(key))
  expect(Object.fromEntries(both.map(([key]) => [key, after.get(key)]))).toEqual(Object.fromEntries(both))
}

/** Foreign keys are off while a table of SQLite is made anew, as the documentation of sqlmigrate says. */
function runnable(statements: readonly string[]): string {
  const sql = statements.join('\n')
  return vendor === 'postgresql' ? sql : `PRAGMA foreign_keys = OFF; ${sql} PRAGMA foreign_keys = ON`
}

/** The tables as they stand; the order of columns and constraints is that of their making. */
async function tablesOf(alias: string): Promise<TableSchema[]> {
  const byName = <T extends { name: string }>(list: readonly T[]) =>
    [...list].sort((one, other) => (one.name < other.name ? -1 : 1))
  const tables = (await database(alias).introspect()).filter(({ name }) => name !== 'django_migrations')
  return byName(tables).map((table) => ({
    ...table,
    columns: byName(table.columns),
    indexes: byName(table.indexes),
    uniques: byName(table.uniques),
    checks: byName(table.checks),
    exclusions: byName(table.exclusions),
  }))
}

const aliases = ['default', 'by_hand', 'fresh']

async function useThreeDatabases(): Promise<void> {
  await closeDatabases()
  const urls: Record<string, string> = {}
  for (const alias of aliases) urls[alias] = await anotherDatabase()
  configureDatabases(urls as { default: string })
}

/** Nothing is left of the run before. */
async function emptyDatabases(): Promise<void> {
  if (vendor === 'sqlite') return useThreeDatabases()
  for (const alias of aliases) await database(alias).script('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
}
